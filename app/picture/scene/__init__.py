"""What a picture is made of: shapes, texts, symbols, fonts, colours."""

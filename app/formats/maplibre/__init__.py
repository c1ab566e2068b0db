"""What a MapLibre map needs of a service: a style, a sprite, glyphs."""

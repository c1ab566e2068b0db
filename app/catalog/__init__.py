"""What a pack says to those who answer and draw."""

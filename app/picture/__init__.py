"""A view as a picture: one scene, drawn by four writers (SVG, PNG, PDF, slides)."""

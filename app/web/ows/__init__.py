"""WMS and WMTS: what their requests mean, and what they are answered."""

"""The pack out of the house and back: as a workbook, from a GIS file, as a new pack."""

"""The operators and functions of CQL2, on columns."""

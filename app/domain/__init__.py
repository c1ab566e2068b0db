"""What the service speaks of, as plain values: records, errors, schema, coordinate systems. Reads
nothing.
"""

"""Rules about rows: ids, closed lists, cells, what they point to."""

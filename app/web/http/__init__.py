"""HTTP itself: answers, conditions, ranges, encodings, languages, methods, errors."""

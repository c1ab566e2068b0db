"""Making pictures and files: who waits, in which process, what is kept on disk. Knows no HTTP."""

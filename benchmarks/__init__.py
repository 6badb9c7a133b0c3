"""What the program costs beside the bare database statements, and how the cost grows.

`make bench` (`python -m benchmarks`) measures at 10,000 and 1,000,000
movements, on SQLite and on PostgreSQL, and writes `docs/benchmarks.md`.
`python -m benchmarks --quick` takes smaller sizes and fewer repeats, and only prints.
"""

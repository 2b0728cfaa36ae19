"""How much a file that comes in may be. Measured: 10,000 initiatives with everything stay well below."""

UPLOAD_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 150 * 1024 * 1024
PARTS = 1_000
ROWS = 20_000
ROWS_OF_LISTS = 100_000
COLUMNS = 250
# Cells of one sheet, the empty ones between the first and the last included.
CELLS = 3_000_000
SHEETS = 40
# Characters of one field of CSV; more means that a quotation mark was never closed.
FIELD = 200_000
# How many cells or names a remark shows.
SHOWN = 5

# It never halts: --cycles says how far to run.
name  bounce
about runs to and fro between two walls for ever, and leaves a trail
tape  2 0 0 0 0 [] 2

# 0: to the left, until the wall; wipe
0 0 -> 0 1 L
0 1 -> 0 0 L
0 2 -> 1 2 R
# 1: to the right
1 0 -> 1 1 R
1 1 -> 1 0 R
1 2 -> 0 2 L

name  invert
about swaps the 1s and 2s of a tape and comes back to where it began
tape  1 2 2 1 2 []

# 0: go left and swap
0 0 -> 1 0 R
0 1 -> 0 2 L
0 2 -> 0 1 L
# 1: go back to the right end
1 0 -> halt
1 1 -> 1 1 R
1 2 -> 1 2 R

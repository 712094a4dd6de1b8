# 1 1 0 1 1 1 becomes 1 1 1 1 1: the gap is filled and the last one is taken away.
name  adder
about adds two rows of ones that a blank separates
tape  1 1 0 1 1 1 []

# 0: take one away from the right end of the second row
0 1 -> 1 0 L
# 1: go left to the gap and fill it
1 0 -> 2 1 R
1 1 -> 1 1 L
# 2: go back to the right end
2 0 -> halt
2 1 -> 2 1 R

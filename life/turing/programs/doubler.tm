# The program that the pattern is shipped with, by Paul Rendell.
name  doubler
about doubles a row of ones
tape  1 1 []

# 0: find the next 1, going left over the 2s
0 0 -> 2 0 R
0 1 -> 1 2 R
0 2 -> 0 2 L
# 1: go right to the end of the 2s and put one more there
1 0 -> 0 2 L
1 2 -> 1 2 R
# 2: turn all 2s into 1s
2 0 -> halt
2 2 -> 2 1 R

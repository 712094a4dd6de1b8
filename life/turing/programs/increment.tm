# Binary numbers, digit 0 written as 1 and digit 1 as 2, the lowest digit at the
# right end. Adding one turns trailing 1s into 0s and the digit before into a 1.
name  increment
about adds one to a binary number written with 1 for 0 and 2 for 1
tape  2 1 2 2 []

# 0: carry
0 0 -> 1 2 R
0 1 -> 1 2 R
0 2 -> 0 1 L
# 1: done; go back to the right end
1 0 -> halt
1 1 -> 1 1 R
1 2 -> 1 2 R

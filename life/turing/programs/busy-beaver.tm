# The busy beaver of three states and two symbols: no machine of its size that
# halts leaves more ones on a blank tape (Rado 1962; Lin and Rado 1965).
name  busy-beaver
about writes six ones on a blank tape, the most that three states can, and halts
tape  []

0 0 -> 1 1 R
0 1 -> halt
1 0 -> 2 0 R
1 1 -> 1 1 R
2 0 -> 2 1 L
2 1 -> 0 1 L

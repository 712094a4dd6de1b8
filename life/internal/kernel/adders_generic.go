package kernel

// sum3 and sum3x add three bits a lane: a+b+c = s + 2k, five operations either
// way. The second carry keeps fewer values alive, so that the compiler copies
// less; which is faster depends on the loop around it and was measured for each.
func sum3(a, b, c uint64) (s, k uint64) {
	x := a ^ b
	return x ^ c, a&b | x&c
}

func sum3x(a, b, c uint64) (s, k uint64) {
	x := a ^ b
	return x ^ c, (a^c)&x ^ a
}

// across adds each cell of row c to its western and eastern neighbours; w and e
// are the words to the west and east.
func across(c, w, e uint64) (s, k uint64) {
	return sum3(c<<1|w>>63, c>>1|e<<63, c)
}

// across0 is across with dead surroundings.
func across0(c uint64) (s, k uint64) { return sum3x(c, c>>1, c<<1) }

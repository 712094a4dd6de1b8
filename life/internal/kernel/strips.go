package kernel

// StripsNorth makes a row before the first rows of four strips that lie below each
// other: word l of a vector of dst is word l-1 of that of src, as the strip before goes
// on there, and word 0 is word 3 of that of beyond, or 0 where beyond is nil. It panics
// when src or beyond is shorter than dst.
func StripsNorth(dst, src, beyond []uint64) { strips(dst, src, beyond, false) }

// StripsSouth makes a row behind the last rows: word l is word l+1 of src, and word 3 is
// word 0 of beyond.
func StripsSouth(dst, src, beyond []uint64) { strips(dst, src, beyond, true) }

func strips(dst, src, beyond []uint64, isSouth bool) {
	mask := ^uint64(0)
	if beyond == nil {
		beyond, mask = src, 0
	}
	src, beyond = src[:len(dst)], beyond[:len(dst)]
	if len(dst) < VectorWords || stripsAsm(dst, src, beyond, mask, isSouth) {
		return
	}
	for i := 0; i < len(dst); i += VectorWords {
		d, s, b := dst[i:][:VectorWords], src[i:][:VectorWords], beyond[i:][:VectorWords]
		if isSouth {
			d[0], d[1], d[2], d[3] = s[1], s[2], s[3], b[0]&mask
		} else {
			d[0], d[1], d[2], d[3] = b[3]&mask, s[0], s[1], s[2]
		}
	}
}

/** True when objects or lists stand in one another deeper than `most` levels. Takes no more stack for it. */
export function isNestedDeeper(value: unknown, most: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    const inner = level.filter((one) => typeof one === 'object' && one !== null)
    if (inner.length > 0 && depth >= most) return true
    level = inner.flatMap((one) => Object.values(one as object))
  }
  return false
}

/**
 * Fibonacci: a generator as a source of data. It has no end, and need not have one: it computes a number when it is
 * asked for one, and nothing in between.
 */
function* fibonacci() {
  let [a, b] = [0, 1]
  while (true) {
    yield a
    ;[a, b] = [b, a + b]
  }
}

/** A generator may draw on another: this one passes on the first few and then ends. */
function* take(count: number, source: Iterable<number>) {
  if (count <= 0) return
  for (const n of source) {
    yield n
    count -= 1
    if (count === 0) return
  }
}

export default function* main() {
  console.log(...take(10, fibonacci()))

  const evenBelow100: number[] = []
  for (const n of fibonacci()) {
    if (n > 100) break // leaving the loop closes the generator
    if (n % 2 === 0) evenBelow100.push(n)
  }
  console.log(...evenBelow100)
}

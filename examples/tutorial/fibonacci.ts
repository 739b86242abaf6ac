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

export default function* main() {
  const firstTen = fibonacci().take(10)
  console.log(...firstTen)

  const evenBelow100: number[] = []
  for (const n of fibonacci()) {
    if (n > 100) break // leaving the loop closes the generator
    if (n % 2 === 0) evenBelow100.push(n)
  }
  console.log(...evenBelow100)
}

// The jobs of case 9 that are plain functions; the files beside this one make them known to a pool's workers.

export function noop(x: number): number {
  return x
}

export function echo(bytes: Uint8Array): Uint8Array {
  return bytes
}

export function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

/** A timer of the host that is set for longer overflows, and goes off after 1 ms. */
export const LONGEST_TIMER: number = 2 ** 31 - 1

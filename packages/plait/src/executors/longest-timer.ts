/** A host's timer that is set for longer goes off at once. */
export const LONGEST_TIMER: number = 2 ** 31 - 1

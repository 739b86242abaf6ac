/**
 * What twins know of the native stack they run on. `depth`: how many of them stand on it, entered inside each other.
 * `noSuspend`: how many frames below them could not be suspended, a native function's callback for one: as long as there
 * are any, no wait may begin. Whoever begins a step of another strand puts both aside meanwhile.
 */
export const nativeStack: { depth: number; noSuspend: number } = { depth: 0, noSuspend: 0 }

let target: unknown

/** Says what `new.target` is for the twin that is called next. */
export function setNewTarget(newTarget: unknown): void {
  target = newTarget
}

/**
 * What `new.target` is for the twin of an ordinary function: asked as the twin is called, before its first step, and by
 * no more than one. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const twin = function (...args) { const target = newTarget(); return (function* (a) { … }).apply(this, args) }
 * ```
 */
export function newTarget(): unknown {
  const told = target
  target = undefined
  return told
}

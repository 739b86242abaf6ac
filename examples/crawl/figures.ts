/** Figures as people read them: the same everywhere, whatever the machine's language. */

export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

export function byteCount(n: number): string {
  if (n < 1000) return `${n} B`
  return n < 1_000_000 ? `${(n / 1000).toFixed(1)} kB` : `${(n / 1_000_000).toFixed(1)} MB`
}

export function seconds(ms: number): string {
  const s = ms / 1000
  if (s < 100) return `${s.toFixed(s < 10 ? 2 : 1)} s`
  return `${Math.floor(s / 60)} min ${String(Math.floor(s % 60)).padStart(2, '0')} s`
}

import { execFileSync } from 'node:child_process'

/** Whether there is such a process, and it has not ended: one that has may stay known until somebody asks how it ended. */
export function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return state !== '' && !state.startsWith('Z')
  } catch {
    return false
  }
}

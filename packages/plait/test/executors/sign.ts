import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file whose being there is a sign to a thread that hears of nothing else. */
export class Sign {
  readonly file: string = join(tmpdir(), `plait-sign-${randomUUID()}`)

  give(): void {
    writeFileSync(this.file, '')
  }

  [Symbol.dispose](): void {
    rmSync(this.file, { force: true })
  }
}

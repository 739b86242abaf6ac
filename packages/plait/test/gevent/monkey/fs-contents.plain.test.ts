import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { BY_CONTENT, type Calls, compareFs } from './compare-fs.ts'

const NO_FILE = 9999

function opened(file: string, flags: string, use: (fd: number) => unknown): unknown {
  const fd = fs.openSync(file, flags)
  try {
    return use(fd)
  } finally {
    fs.closeSync(fd)
  }
}

const read = (fd: number, ...args: unknown[]): unknown => {
  const bytes = Buffer.alloc(4, '.')
  const count = (fs.readSync as (...args: unknown[]) => number)(fd, bytes, ...args)
  return [count, bytes.toString()]
}

const loosely = fs as unknown as Record<string, (...args: unknown[]) => unknown>

const calls: Calls = {
  readFileSync: [
    d => fs.readFileSync(`${d}/a`),
    d => fs.readFileSync(`${d}/a`, 'utf8'),
    d => fs.readFileSync(`${d}/a`, { encoding: 'base64', flag: 'r' }),
    d => fs.readFileSync(pathToFileURL(`${d}/a`), 'utf8'),
    d => fs.readFileSync(Buffer.from(`${d}/a`), 'utf8'),
    d => opened(`${d}/a`, 'r', fd => [read(fd, 0, 2), fs.readFileSync(fd, 'utf8')]),
    d => loosely.readFileSync?.(`${d}/a`, { signal: AbortSignal.abort() }),
    d => loosely.readFileSync?.(`${d}/a`, null, 5),
    () => fs.readFileSync('/proc/self/mounts').length > 0,
    d => fs.readFileSync(`${d}/dir`),
    d => fs.readFileSync(`${d}/none`),
    d => fs.readFileSync(`${d}/a/b`),
    d => fs.readFileSync(`${d}/loop`),
    d => fs.readFileSync(`${d}/new`, { flag: 'w' }),
    () => fs.readFileSync(NO_FILE),
    () => fs.readFileSync('a\0b'),
    () => fs.readFileSync(5.5),
    d => fs.readFileSync(`${d}/a`, 'no encoding' as BufferEncoding),
    () => loosely.readFileSync?.(),
  ],
  writeFileSync: [
    d => fs.writeFileSync(`${d}/new`, 'text'),
    d => fs.writeFileSync(`${d}/new`, Buffer.from('bytes'), { mode: 0o600, flush: true }),
    d => fs.writeFileSync(`${d}/a`, '6869', 'hex'),
    d => fs.writeFileSync(`${d}/a`, 'x', { flag: 'a' }),
    d => opened(`${d}/a`, 'r+', fd => fs.writeFileSync(fd, 'J')),
    d => loosely.writeFileSync?.(`${d}/a`, 'x', { signal: AbortSignal.abort() }),
    d => fs.writeFileSync(`${d}/dir`, 'x'),
    d => fs.writeFileSync(`${d}/no/where`, 'x'),
    d => fs.writeFileSync(`${d}/a`, 'x', { flag: 'wx' }),
    d => loosely.writeFileSync?.(`${d}/a`, 5),
    () => fs.writeFileSync(NO_FILE, 'x'),
  ],
  appendFileSync: [
    d => fs.appendFileSync(`${d}/a`, ' there'),
    d => fs.appendFileSync(`${d}/new`, 'x', { mode: 0o640 }),
    d => fs.appendFileSync(`${d}/dir`, 'x'),
    () => fs.appendFileSync(NO_FILE, 'x'),
    d => loosely.appendFileSync?.(`${d}/a`, {}),
  ],
  openSync: [
    d => opened(`${d}/a`, 'r', fd => typeof fd),
    d => opened(`${d}/new`, 'w', fd => fs.fstatSync(fd).size),
    d => {
      const fd = fs.openSync(`${d}/new`, 'wx', 0o600)
      fs.closeSync(fd)
    },
    d => loosely.openSync?.(`${d}/none`),
    d => fs.openSync(`${d}/dir`, 'w'),
    d => fs.openSync(`${d}/a`, 'nonsense'),
    d => fs.openSync(`${d}/new`, 'w', 'nonsense'),
  ],
  closeSync: [() => fs.closeSync(NO_FILE), () => fs.closeSync(-1), () => loosely.closeSync?.('1')],
  readSync: [
    d => opened(`${d}/a`, 'r', fd => read(fd)),
    d => opened(`${d}/a`, 'r', fd => [read(fd, 1, 2, null), read(fd, 0, 2)]),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 2, 3)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 2, 3n)),
    d => opened(`${d}/a`, 'r', fd => read(fd, { position: 2, offset: 1 })),
    d => opened(`${d}/a`, 'r', fd => read(fd, undefined)),
    d => opened(`${d}/a`, 'r', fd => read(fd, null)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 1)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 99)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 2, 77)),
    d => opened(`${d}/new`, 'w', fd => read(fd)),
    d => opened(`${d}/dir`, 'r', fd => read(fd)),
    () => read(NO_FILE),
    () => loosely.readSync?.(0, 'no buffer'),
  ],
  writeSync: [
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, 'HE')),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, 'L', 2)),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, '4c4c', 2, 'hex')),
    d =>
      opened(`${d}/a`, 'r+', fd => [fs.writeSync(fd, 'H', null), fs.writeSync(fd, 'E', undefined, 'utf8')]),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'))),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'), 1)),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'), 1, 1, 4)),
    d =>
      opened(`${d}/a`, 'r+', fd => loosely.writeSync?.(fd, Buffer.from('abc'), { offset: 1, position: 3 })),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'), 1, 99)),
    d => opened(`${d}/a`, 'r', fd => fs.writeSync(fd, 'x')),
    () => fs.writeSync(NO_FILE, 'x'),
    () => fs.writeSync(NO_FILE, Buffer.from('x')),
    () => loosely.writeSync?.(1, {}),
    () => loosely.writeSync?.(NO_FILE, 'xyz', null, 'hex'),
  ],
  readvSync: [
    d =>
      opened(`${d}/a`, 'r', fd => {
        const parts = [Buffer.alloc(2), Buffer.alloc(2)]
        return [fs.readvSync(fd, parts), fs.readvSync(fd, parts, 3), parts]
      }),
    () => fs.readvSync(NO_FILE, [Buffer.alloc(1)]),
    () => loosely.readvSync?.(0, 'x'),
  ],
  writevSync: [
    d => opened(`${d}/a`, 'r+', fd => fs.writevSync(fd, [Buffer.from('H'), Buffer.from('E')])),
    d => opened(`${d}/a`, 'r+', fd => fs.writevSync(fd, [Buffer.from('L')], 2)),
    () => fs.writevSync(NO_FILE, [Buffer.from('x')]),
  ],
  fstatSync: [
    d => opened(`${d}/a`, 'r', fd => fs.fstatSync(fd, { bigint: true }).size),
    () => fs.fstatSync(NO_FILE),
    () => loosely.fstatSync?.('x'),
  ],
  fchmodSync: [
    d => opened(`${d}/a`, 'r', fd => fs.fchmodSync(fd, 0o600)),
    () => fs.fchmodSync(NO_FILE, 0o600),
  ],
  fchownSync: [() => fs.fchownSync(NO_FILE, 1, 1)],
  futimesSync: [
    d => opened(`${d}/a`, 'r', fd => [fs.futimesSync(fd, 5, 6), fs.fstatSync(fd).mtimeMs]),
    () => fs.futimesSync(NO_FILE, 1, 1),
  ],
  truncateSync: [
    d => fs.truncateSync(`${d}/a`),
    d => fs.truncateSync(`${d}/a`, 2),
    d => fs.truncateSync(`${d}/none`, 2),
    d => fs.truncateSync(`${d}/dir`),
  ],
  ftruncateSync: [
    d => opened(`${d}/a`, 'r+', fd => fs.ftruncateSync(fd)),
    d => opened(`${d}/a`, 'r+', fd => fs.ftruncateSync(fd, 8)),
    d => opened(`${d}/a`, 'r', fd => fs.ftruncateSync(fd, 8)),
    () => fs.ftruncateSync(NO_FILE),
  ],
  fsyncSync: [d => opened(`${d}/a`, 'r+', fd => fs.fsyncSync(fd)), () => fs.fsyncSync(NO_FILE)],
  fdatasyncSync: [d => opened(`${d}/a`, 'r+', fd => fs.fdatasyncSync(fd)), () => fs.fdatasyncSync(NO_FILE)],
}

compareFs(calls)

test('every function for what files hold is compared', () => {
  expect(Object.keys(calls).toSorted()).toEqual(BY_CONTENT.toSorted())
})

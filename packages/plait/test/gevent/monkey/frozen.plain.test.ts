import zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { isObjectPatched, patchZlib } from '../../../src/gevent/monkey.ts'

test('what is frozen is left as it is, and told by its name', async () => {
  Object.freeze(zlib.gzipSync)
  const warning = new Promise<Error>(resolve => process.once('warning', resolve))
  expect(patchZlib()).toBe(true)
  expect(await warning).toMatchObject({
    name: 'MonkeyPatchWarning',
    code: 'PLAIT_FROZEN',
    message: expect.stringContaining('frozen: zlib.gzipSync.'),
  })
  expect(isObjectPatched('zlib', 'gzipSync')).toBe(false)
  expect(isObjectPatched('zlib', 'gunzipSync')).toBe(true)
})

// Refuses to load the transform: a program that runs nevertheless takes everything from the cache.
import { registerHooks } from 'node:module'

registerHooks({
  load(url, context, next) {
    if (url.includes('/src/transformer.ts')) throw new Error('the transform was loaded')
    return next(url, context)
  },
})

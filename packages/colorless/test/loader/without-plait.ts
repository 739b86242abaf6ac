// As where nobody has installed plait.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('plait/') || specifier === 'plait')
      throw new Error(`Cannot find package '${specifier}'`)
    return next(specifier, context)
  },
})

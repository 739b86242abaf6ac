// As where nobody has installed plait-colorless.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('plait-colorless')) return next(specifier, context)
    throw Object.assign(new Error(`Cannot find module '${specifier}'\nRequire stack:\n- here`), {
      code: 'MODULE_NOT_FOUND',
    })
  },
})

// What CommonJS has besides its exports is there as ever.
exports.isMain = require.main === module || require.cache[__filename] !== module

/** The runtime of transformed code, under a name that such code finds wherever it is. */
export * from 'plait/twins'

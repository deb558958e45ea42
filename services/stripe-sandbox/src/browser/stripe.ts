declare global {}

export {}

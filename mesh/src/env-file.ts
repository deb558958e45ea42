import { existsSync, readFileSync } from 'node:fs'

/** The variables of a `.env` file, as compose reads it; none when it is missing. */
export function readEnvFile(file: string): Record<string, string> {
  if (!existsSync(file)) return {}
  const lines = readFileSync(file, 'utf8').split('\n')
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
      return name ? [[name, value.replace(/^(["'])(.*)\1$/, '$2').replace(/(^|\s)#.*$/, '')]] : []
    }),
  )
}

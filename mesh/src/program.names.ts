/** The programs the mesh does not build itself. */
export const PROGRAMS = ['mongod', 'redis-server', 'traefik'] as const
export type ProgramName = (typeof PROGRAMS)[number]

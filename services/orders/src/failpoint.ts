/** Called at named places of the saga, so that tests can end the process there. */
export type Failpoint = (name: string) => void

export const noFailpoint: Failpoint = () => undefined

/** `FAILPOINT=stock-held:2` kills the process the second time it gets there. Test mode only. */
export function readFailpoint(setting: string | undefined, isTest: boolean): Failpoint {
  if (!setting || !isTest) return noFailpoint
  const [wanted, nth = '1'] = setting.split(':')
  let count = 0
  return (name) => {
    if (name !== wanted) return
    count += 1
    if (count === Number(nth)) process.kill(process.pid, 'SIGKILL')
  }
}

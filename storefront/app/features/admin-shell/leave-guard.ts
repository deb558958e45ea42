import { useNavigation, unstable_usePrompt as usePrompt } from '@remix-run/react'
import { useEffect, useState } from 'react'

const QUESTION = 'There are unsaved changes. Leave without saving them?'

/** While `isDirty`, leaving the page asks first: by a link of ours as by closing the tab. Saving stays on the page. */
export function useLeaveGuard(isDirty: boolean): void {
  usePrompt({
    message: QUESTION,
    when: ({ currentLocation, nextLocation, historyAction }) =>
      isDirty && (historyAction === 'POP' || currentLocation.pathname !== nextLocation.pathname),
  })
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isDirty])
}

/** Guards a form that says what was typed into it; `version` changes with each save. */
export function useGuardedForm(version: string | number) {
  const [dirty, setDirty] = useState<string | number | null>(null)
  // What is being saved may lead to another page.
  const isSending = useNavigation().formData !== undefined
  useLeaveGuard(dirty === version && !isSending)
  return {
    isDirty: dirty === version,
    watch: {
      onInput: () => setDirty(version),
      onReset: () => setDirty(null),
    },
  }
}

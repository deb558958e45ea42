import { useNavigation, unstable_usePrompt as usePrompt } from '@remix-run/react'
import { useEffect, useState } from 'react'

const QUESTION = 'There are unsaved changes. Leave without saving them?'

/** The forms of this page with something typed into them. The router asks one guard alone, and a page may have many. */
const dirtyForms = new Set<symbol>()

/** While any form is dirty, a link of ours asks before it leaves the page. Once, in the frame of all pages. */
export function useLeavePrompt(): void {
  usePrompt({
    message: QUESTION,
    when: ({ currentLocation, nextLocation, historyAction }) =>
      dirtyForms.size > 0 && (historyAction === 'POP' || currentLocation.pathname !== nextLocation.pathname),
  })
}

/** While `isDirty`, leaving the page asks first: by a link of ours as by closing the tab. Saving stays on the page. */
export function useLeaveGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return
    const form = Symbol('form')
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    dirtyForms.add(form)
    addEventListener('beforeunload', ask)
    return () => {
      dirtyForms.delete(form)
      removeEventListener('beforeunload', ask)
    }
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

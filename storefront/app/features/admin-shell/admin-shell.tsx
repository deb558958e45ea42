import { Form, Link, useLocation, useNavigation } from '@remix-run/react'
import { Fragment, type ReactNode, useEffect } from 'react'
import { useLeavePrompt } from '#app/features/admin-shell/leave-guard.ts'
import { isCurrent, menuFor } from '#app/features/admin-shell/menu.ts'
import { initialsOf, roleTitle, type Staff, StaffContext } from '#app/features/admin-shell/staff.ts'
import { Icon } from '#app/ui/icon.tsx'

// React 18 writes `popovertarget` as it stands but does not know its type yet.
const opens = (id: string) => ({ popovertarget: id })

/** Ctrl-K or Cmd-K leads to the search from anywhere. */
function useSearchKey() {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      document.querySelector<HTMLInputElement>('#gs')?.select()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

function Search() {
  useSearchKey()
  return (
    <Form className="search" role="search" aria-label="Admin" action="/admin/search">
      <label className="sr" htmlFor="gs">
        Search orders, products, people
      </label>
      <input
        className="input"
        id="gs"
        name="q"
        type="search"
        placeholder="Search orders, products, people"
        autoComplete="off"
        aria-keyshortcuts="Control+K Meta+K"
      />
      <button type="submit">
        <span className="sr">Search</span>
        <Icon name="search" />
      </button>
    </Form>
  )
}

function Top({ staff, isSandbox }: { staff: Staff; isSandbox: boolean }) {
  return (
    <header className="top">
      <button className="btn btn--quiet btn--icon only-narrow" type="button" {...opens('menu')}>
        <span className="sr">Menu</span>
        <Icon name="menu" />
      </button>
      <Link className="logo" to="/admin">
        <svg viewBox="0 0 28 28" aria-hidden="true">
          <path className="glass" d="M4 6a3 3 0 0 1 3-3h14a3 3 0 0 1 3 3v15H4z" />
          <path className="glint" d="m9.5 16 6-9h4l-6 9z" />
          <path className="glass" d="M2 22.5h24V25H2z" />
        </svg>
        <span className="only-wide">Vitrine</span>
        <span className="sr"> admin</span>
      </Link>
      <Search />
      {isSandbox && (
        <span className="badge badge--lamp only-wide">
          <Icon name="flask" />
          Test mode
        </span>
      )}
      <a className="only-wide" href="/">
        View shop
      </a>
      <a className="who plain" href="/account" aria-label={`${staff.name}, your account`}>
        <span className="avatar" aria-hidden="true">
          {initialsOf(staff.name)}
        </span>
        <span>
          <span className="medium">{staff.name}</span>
          <small>{staff.roles.map(roleTitle).join(', ')}</small>
        </span>
      </a>
      <form method="post" action="/logout">
        <button className="btn btn--quiet btn--icon" type="submit">
          <span className="sr">Sign out</span>
          <Icon name="leave" />
        </button>
      </form>
    </header>
  )
}

function Menu({ staff }: { staff: Staff }) {
  const { pathname } = useLocation()
  return (
    <nav className="menu" id="menu" {...{ popover: 'auto' }} aria-label="Admin">
      {menuFor(staff.permissions).map((group) => (
        <Fragment key={group.title}>
          <h2 id={`menu-${group.title}`}>{group.title}</h2>
          <ul className="l" aria-labelledby={`menu-${group.title}`}>
            {group.items.map((item) => (
              <li key={item.to}>
                <Link to={item.to} aria-current={isCurrent(item.to, pathname) ? 'page' : undefined}>
                  <Icon name={item.icon} />
                  {item.title}
                </Link>
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
      <p className="only-narrow">
        <a href="/">View shop</a>
      </p>
    </nav>
  )
}

/** Tells that the next page is on its way, when it takes longer than a blink. */
function Progress() {
  const { state } = useNavigation()
  return (
    <div role="status" className={state === 'idle' ? undefined : 'progress'}>
      {state !== 'idle' && <span className="sr">{state === 'loading' ? 'Loading' : 'Saving'}</span>}
    </div>
  )
}

/** What stands around every page of the dashboard. */
export function AdminShell({ staff, isSandbox, children }: { staff: Staff; isSandbox: boolean; children: ReactNode }) {
  useLeavePrompt()
  return (
    <StaffContext.Provider value={staff}>
      <Progress />
      <div className="admin">
        <Top staff={staff} isSandbox={isSandbox} />
        <Menu staff={staff} />
        <main className="work" id="main">
          {children}
        </main>
      </div>
    </StaffContext.Provider>
  )
}

import { html, type SafeHtml } from './html.rules.ts'

export type MailContent = { subject: string; html: string; text: string }
export type MailAction = { label: string; url: string }
export type MailParts = {
  subject: string
  title: string
  /** What a list of mails shows beside the subject. */
  preview: string
  body: SafeHtml
  action?: MailAction
  publicUrl: string
}

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

// Programs that know neither style element nor media query show the inline colours, which are complete by themselves.
const STYLE = html`<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
a{text-decoration-skip-ink:auto}
@media (max-width:520px){.page{padding:16px 10px!important}.card{padding:26px 20px!important}.title{font-size:24px!important}.button a{display:block!important;text-align:center!important}.button,.button table{width:100%!important}}
@media (prefers-color-scheme:dark){.back{background-color:#0f1714!important}.card{background-color:#18221e!important;border-color:#2c3a34!important}.ink{color:#f1f5f3!important}.soft{color:#b9c6bf!important}.quiet{color:#94a39b!important}.line{border-color:#2c3a34!important}.rule{border-color:#94a39b!important}.mark{color:#5cc6a4!important}.button td{background-color:#0f7f63!important}.panel{background-color:#202c27!important}}
</style>`

const button = ({ label, url }: MailAction) => html`
<table role="presentation" class="button" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 4px"><tr>
<td bgcolor="#0b6650" style="border-radius:10px"><a href="${url}" style="display:inline-block;padding:14px 28px;color:#ffffff;font-weight:600;line-height:1.3;text-decoration:none">${label}</a></td>
</tr></table>`

/** Keeps the text that follows out of the list's second line. */
const FILLER = '\u034f \u200c'.repeat(60)

/** The frame of every mail: tables and inline styles, because mail programs know little else. */
export function mailHtml({ subject, title, preview, body, action, publicUrl }: MailParts): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><title>${subject}</title>${STYLE}</head>
<body class="back ink" style="margin:0;padding:0;background-color:#f0f4f2;color:#0f1f1a;font:400 16px/1.6 ${FONT};-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preview}${FILLER}</div>
<table role="presentation" class="back" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f0f4f2"><tr><td align="center" class="page" style="padding:36px 16px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px">
<tr><td style="padding:0 4px 18px;font-size:21px;font-weight:600;letter-spacing:-.02em"><a class="ink" href="${publicUrl}" style="color:#0f1f1a;text-decoration:none"><span class="mark" style="color:#0b6650">&#9646;</span> Vitrine</a></td></tr>
<tr><td class="card" bgcolor="#ffffff" style="padding:36px 36px 34px;border:1px solid #dde5e1;border-radius:16px">
<h1 class="title ink" style="margin:0 0 14px;color:#0f1f1a;font-size:27px;font-weight:600;line-height:1.2;letter-spacing:-.02em">${title}</h1>
${body}${action ? button(action) : ''}
</td></tr>
<tr><td class="quiet" style="padding:20px 4px 0;color:#58675f;font-size:13px;line-height:1.6">You get this mail because of something you did at <a class="mark" href="${publicUrl}" style="color:#0b6650">Vitrine</a>. If anything is unclear, answer it: people read it.</td></tr>
</table></td></tr></table></body></html>`.safe
}

/** A paragraph in the mail's rhythm. */
export const paragraph = (text: string): SafeHtml =>
  html`<p class="soft" style="margin:0 0 18px;color:#3d4d46">${text}</p>`

/** Facts as a quiet panel: term on the left, value on the right. */
export const facts = (pairs: readonly (readonly [term: string, value: string])[]): SafeHtml => html`
<table role="presentation" class="panel" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f0f4f2" style="margin:4px 0 22px;border-radius:12px">
${pairs.map(
  ([term, value], index) => html`
<tr><td class="quiet" style="padding:${index === 0 ? 14 : 2}px 12px ${index === pairs.length - 1 ? 14 : 2}px 18px;color:#58675f;font-size:14px;white-space:nowrap" valign="top">${term}</td>
<td class="ink" align="right" style="padding:${index === 0 ? 14 : 2}px 18px ${index === pairs.length - 1 ? 14 : 2}px 0;color:#0f1f1a;font-size:14px;font-weight:600;word-break:break-word" valign="top">${value}</td></tr>`,
)}
</table>`

/** Lines of the text version; empty ones stay, undefined ones go. */
export const textOf = (lines: readonly (string | undefined)[]): string =>
  lines.filter((line) => line !== undefined).join('\n')

import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS } from './chromium.ts'
import { AxeBuilder } from '@axe-core/playwright'
const E='http://localhost:8193'
const b=await chromium.launch({executablePath:'/tmp/chromium',args:CHROMIUM_ARGS})
const only=process.argv.slice(2)
const run=async(name:string,f:()=>Promise<void>)=>{ if(only.length&&!only.includes(name))return; try{await f()}catch(e){console.log(name,'FAILED',String(e).slice(0,600))} }
const errs:string[]=[]
async function ctx(js=true){const c=await b.newContext({baseURL:E,viewport:{width:1280,height:900},javaScriptEnabled:js,userAgent:'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147.0.0.0 Safari/537.36'});const p=await c.newPage();p.on('pageerror',e=>errs.push(p.url()+' '+e));p.on('console',m=>{if(m.type()==='error')errs.push(p.url()+' '+m.text())});return p}
const login=async(p:any,n:string,to:string)=>{await p.goto('/login?to='+to);await p.getByLabel('E-mail').fill(n+'@vitrine.test');await p.getByLabel('Password',{exact:true}).fill('vitrine-'+n+'-demo');await p.getByRole('button',{name:/sign in/i}).click();await p.waitForURL((u:any)=>!u.pathname.startsWith('/login'))}
const shot=async(p:any,n:string)=>{await p.setViewportSize({width:1280,height:900});await p.screenshot({path:`/tmp/cshots/${n}-1280.png`,fullPage:true});const {violations}=await new AxeBuilder({page:p}).withTags(['wcag2a','wcag2aa']).analyze().catch(()=>({violations:[]}) as any);for(const v of violations)console.log(n,v.id,v.nodes.map((x:any)=>x.target+' '+x.failureSummary).join('|').slice(0,300));await p.setViewportSize({width:360,height:800});const o=await p.evaluate(()=>document.documentElement.scrollWidth-document.documentElement.clientWidth);if(o>0)console.log(n,'overflow',o);await p.setViewportSize({width:390,height:844});await p.screenshot({path:`/tmp/cshots/${n}-390.png`,fullPage:true});await p.setViewportSize({width:1280,height:900})}
export {run,ctx,login,shot,errs,b}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>AboutSection</name>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>版本 {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>您写下的内容先保存在本机，加密；送达中心后才说送达。没有统计，没有广告，不向别处发送任何东西。</source>
        <translation>What you write is saved on this machine first, encrypted; it is called delivered only once the centre has it. No statistics, no advertising, nothing sent anywhere else.</translation>
    </message>
    <message>
        <source>个人信息怎么保护</source>
        <translation>How personal information is protected</translation>
    </message>
    <message>
        <source>打开日志文件夹</source>
        <translation>Open the log folder</translation>
    </message>
    <message>
        <source>Apache-2.0 许可。用到 Qt {qt}（LGPL-3）、Python {python}、SQLCipher、SQLAlchemy；图标来自 Lucide（ISC）。</source>
        <translation>Licensed under Apache-2.0. Built with Qt {qt} (LGPL-3), Python {python}, SQLCipher and SQLAlchemy; icons by Lucide (ISC).</translation>
    </message>
</context>
<context>
    <name>AcceptForm</name>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>被申请人</source>
        <translation>Respondent</translation>
    </message>
    <message>
        <source>承办</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>只有小组里的人能看到当事人和调解记录；您总在小组里。</source>
        <translation>Only the team sees the parties and the sessions; you are always in it.</translation>
    </message>
    <message>
        <source>什么纠纷</source>
        <translation>What the dispute is</translation>
    </message>
    <message>
        <source>输入字或拼音首字母，按 ↓ 看全部</source>
        <translation>Type characters or pinyin initials; ↓ shows all</translation>
    </message>
    <message>
        <source>例如：楼上漏水泡坏木地板</source>
        <translation>For example: a leak upstairs ruined the floor</translation>
    </message>
    <message>
        <source>涉及金额（元）</source>
        <translation>Amount (¥)</translation>
    </message>
</context>
<context>
    <name>AccountSheet</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Roles</translation>
    </message>
    <message>
        <source>系统管理员和审计员不能是同一个人</source>
        <translation>Administrator and auditor cannot be the same person</translation>
    </message>
</context>
<context>
    <name>AccountsSection</name>
    <message>
        <source>账号</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>读不出账号</source>
        <translation>The accounts cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>改我的密码</source>
        <translation>Change my password</translation>
    </message>
    <message>
        <source>添加账号</source>
        <translation>Add an account</translation>
    </message>
    <message>
        <source>重设密码</source>
        <translation>Reset password</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>账号列表</source>
        <translation>List of accounts</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Roles</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>State</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>可登录</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>密码已改</source>
        <translation>Password changed</translation>
    </message>
    <message>
        <source>把新密码当面告诉{name}，并请其尽快自己改掉。</source>
        <translation>Tell {name} the new password in person, and ask them to change it soon.</translation>
    </message>
    <message>
        <source>密码已重设</source>
        <translation>Password reset</translation>
    </message>
    <message>
        <source>停用账号</source>
        <translation>Stop an account</translation>
    </message>
    <message>
        <source>{name} 将不能再登录，登记过的内容都保留。</source>
        <translation>{name} will not be able to log in; everything they recorded stays.</translation>
    </message>
    <message>
        <source>账号已添加</source>
        <translation>Account added</translation>
    </message>
    <message>
        <source>更改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
</context>
<context>
    <name>AddressPicker</name>
    <message>
        <source>以前登记过</source>
        <translation>recorded before</translation>
    </message>
    <message>
        <source>楼栋表</source>
        <translation>list of buildings</translation>
    </message>
    <message>
        <source>区划</source>
        <translation>division</translation>
    </message>
    <message>
        <source>网格 {grid}</source>
        <translation>grid {grid}</translation>
    </message>
</context>
<context>
    <name>AgreementForm</name>
    <message>
        <source>协议内容（人民调解法第二十九条）</source>
        <translation>What the agreement says (People&apos;s Mediation Law, art. 29)</translation>
    </message>
    <message>
        <source>协议金额（元）</source>
        <translation>Agreed amount (¥)</translation>
    </message>
    <message>
        <source>签名和盖章：三样齐了才生效</source>
        <translation>Signatures and seal: in effect only with all three</translation>
    </message>
    <message>
        <source>当时达成、今天才登记的，填达成的时间；不填就是现在</source>
        <translation>If it was reached earlier and is only registered today, say when; empty means now</translation>
    </message>
    <message>
        <source>照纸上写的日子填；最后一个日子就是生效的日子，申请司法确认的三十天从那天起算</source>
        <translation>As written on the paper. The last of these days is the day of effect, and the thirty days for judicial confirmation count from it</translation>
    </message>
</context>
<context>
    <name>Agreements</name>
    <message>
        <source>起草书面协议</source>
        <translation>Draft a written agreement</translation>
    </message>
    <message>
        <source>登记口头协议</source>
        <translation>Record an oral agreement</translation>
    </message>
    <message>
        <source>还没有协议</source>
        <translation>No agreement yet</translation>
    </message>
    <message>
        <source>书面协议在各方签名、调解员签名、调委会盖章后生效；口头协议登记后生效。</source>
        <translation>A written agreement takes effect with every party&apos;s and the mediator&apos;s signature and the committee&apos;s seal; an oral one when it is recorded.</translation>
    </message>
    <message>
        <source>确认生效</source>
        <translation>Put into effect</translation>
    </message>
    <message>
        <source>协议已生效。已保存在本机，尚未送达中心。</source>
        <translation>The agreement is in effect. Saved on this desk, not yet at the centre.</translation>
    </message>
    <message>
        <source>起草变更协议</source>
        <translation>Draft a change</translation>
    </message>
    <message>
        <source>起草补正</source>
        <translation>Draft a correction</translation>
    </message>
    <message>
        <source>双方可共同向法院申请司法确认，{day} 前最稳妥（人民调解法第三十三条）；对履行有争议的，可以向法院起诉（第三十二条）。</source>
        <translation>Both sides may ask a court together to confirm it, most safely by {day} (People&apos;s Mediation Law, article 33); who disputes its performance may sue (article 32).</translation>
    </message>
    <message>
        <source>去看补正草稿</source>
        <translation>Go to the draft correction</translation>
    </message>
    <message>
        <source>去看变更草稿</source>
        <translation>Go to the draft change</translation>
    </message>
    <message>
        <source>▲ 这份协议与生效时的校验值不符：内容、签名或者当事人被改过。请核对签字的原件，不要据此履行或打印使用，并报告系统管理员。</source>
        <translation>▲ This agreement does not match the checksum it took effect with: its text, signatures or parties were changed. Compare it with the signed original, do not perform or print it, and tell the administrator.</translation>
    </message>
</context>
<context>
    <name>Alike</name>
    <message>
        <source>身份证号码相同</source>
        <translation>same identity number</translation>
    </message>
    <message>
        <source>姓名和出生日期相同</source>
        <translation>same name and day of birth</translation>
    </message>
    <message>
        <source>电话相同</source>
        <translation>same phone</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>请对着身份证核对。是同一个人的，打开已有的登记；是另一个人的，继续登记。</source>
        <translation>Compare with the identity card. If it is the same person, open the record that is there; if it is another one, go on.</translation>
    </message>
    <message>
        <source>可能已经登记过</source>
        <translation>May be registered already</translation>
    </message>
    <message>
        <source>是另一个人，继续登记</source>
        <translation>Another person: go on</translation>
    </message>
    <message>
        <source>⚠ 这个电话已经有 {count} 人在用，请核对是不是本人的</source>
        <translation>⚠ {count} people have this phone already: is it this person&apos;s own?</translation>
    </message>
    <message>
        <source>打开这份登记</source>
        <translation>Open this record</translation>
    </message>
</context>
<context>
    <name>AmendSheet</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>不填就照原来的（{value}）</source>
        <translation>Left empty it stays as it was ({value})</translation>
    </message>
    <message>
        <source>改好再送</source>
        <translation>Correct and send again</translation>
    </message>
    <message>
        <source>{kind} {title}：只改不对的地方，其余照原来写的送出。</source>
        <translation>{kind} {title}: change only what is wrong; the rest is sent as it was written.</translation>
    </message>
    <message>
        <source>再送</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>另立补充</source>
        <translation>Add a note</translation>
    </message>
    <message>
        <source>记录已定稿，原来的内容不动；把要补充的写在这里。</source>
        <translation>The record is final and stays as it is; write here what is to be added.</translation>
    </message>
    <message>
        <source>写下补充</source>
        <translation>Add the note</translation>
    </message>
    <message>
        <source>补充内容</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>协议已生效，原来的内容不动；会另立一份变更协议的草稿，各方签字后才生效。</source>
        <translation>The agreement is in effect and stays as it is; a draft of an amending agreement is made, which takes effect when the parties have signed it.</translation>
    </message>
</context>
<context>
    <name>Appeals</name>
    <message>
        <source>{count} 件待处理</source>
        <translation>{count} to handle</translation>
    </message>
    <message>
        <source>{count} 件</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>决定（{who}）：{why}</source>
        <translation>Decision ({who}): {why}</translation>
    </message>
    <message>
        <source>申诉</source>
        <translation>Appeal</translation>
    </message>
    <message>
        <source>提出和批准处理的两个人都不能决定</source>
        <translation>Neither of the two who sanctioned may decide</translation>
    </message>
    <message>
        <source>减轻为暂停的，写到哪一天为止</source>
        <translation>Where it is eased to a suspension: until which day</translation>
    </message>
    <message>
        <source>{action}，已保存在本机</source>
        <translation>{action}: saved on this computer</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>外观和习惯</source>
        <translation>Appearance and habits</translation>
    </message>
    <message>
        <source>明暗</source>
        <translation>Light or dark</translation>
    </message>
    <message>
        <source>长时间看屏幕，晚上用深色更舒服</source>
        <translation>Dark is easier on the eyes in the evening</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>显示大小</source>
        <translation>Display size</translation>
    </message>
    <message>
        <source>下次启动时生效</source>
        <translation>Takes effect at the next start</translation>
    </message>
    <message>
        <source>离开多久后锁屏（分钟）</source>
        <translation>Lock after (minutes)</translation>
    </message>
    <message>
        <source>窗口 10 分钟，外出的笔记本 5 分钟</source>
        <translation>10 minutes at a counter, 5 on a laptop that leaves the office</translation>
    </message>
    <message>
        <source>每隔多久自动同步（分钟）</source>
        <translation>Sync every (minutes)</translation>
    </message>
    <message>
        <source>没有网络时不受影响，连上后自动补送</source>
        <translation>Without a network nothing is lost; it is sent once there is a connection</translation>
    </message>
    <message>
        <source>跟随系统</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
</context>
<context>
    <name>ApplicationForms</name>
    <message>
        <source>谁来顶替</source>
        <translation>Who comes instead</translation>
    </message>
    <message>
        <source>没有人顶替就空着</source>
        <translation>Leave empty if nobody does</translation>
    </message>
    <message>
        <source>吃饭、休息等不计酬的时间</source>
        <translation>Meals and pauses that are not paid</translation>
    </message>
    <message>
        <source>记入台账</source>
        <translation>Enter into the ledger</translation>
    </message>
    <message>
        <source>{name} 的工资已记入台账</source>
        <translation>The wage of {name} is in the ledger</translation>
    </message>
    <message>
        <source>{name}：登记工资</source>
        <translation>{name}: enter wage</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>{name}：{action}，已保存在本机</source>
        <translation>{name}: {action}, saved on this desk</translation>
    </message>
    <message>
        <source>由他顶替</source>
        <translation>Put in this place</translation>
    </message>
    <message>
        <source>已安排顶替，已保存在本机</source>
        <translation>Replacement arranged, saved on this desk</translation>
    </message>
    <message>
        <source>{name}：找人顶替</source>
        <translation>{name}: somebody instead</translation>
    </message>
</context>
<context>
    <name>Applications</name>
    <message>
        <source>报名的岗位</source>
        <translation>Jobs applied for</translation>
    </message>
    <message>
        <source>报名的人</source>
        <translation>Applicants</translation>
    </message>
    <message>
        <source>添加报名的人</source>
        <translation>Add an applicant</translation>
    </message>
    <message>
        <source>添加报名：姓名、拼音、卡号或电话尾号</source>
        <translation>Add an applicant: name, pinyin, card number or end of phone</translation>
    </message>
    <message>
        <source>{day}上工</source>
        <translation>work on {day}</translation>
    </message>
    <message>
        <source>在上面输入姓名添加报名。</source>
        <translation>Type a name above to add one.</translation>
    </message>
    <message>
        <source>还没有人报名</source>
        <translation>Nobody has applied yet</translation>
    </message>
    <message>
        <source>还没有报名岗位</source>
        <translation>No applications yet</translation>
    </message>
    <message>
        <source>{name}：{action}，已保存在本机</source>
        <translation>{name}: {action}; saved on this desk</translation>
    </message>
    <message>
        <source>{name} 已报名，已保存在本机</source>
        <translation>{name} has applied; saved on this desk</translation>
    </message>
    <message>
        <source>已在本机决定，等中心确认后才算生效。</source>
        <translation>Decided on this desk; it takes effect when the centre has confirmed it.</translation>
    </message>
    <message>
        <source>批准以后，期限改为 {when}；批准以前不变。</source>
        <translation>Once approved, the deadline becomes {when}; until then it stays.</translation>
    </message>
    <message>
        <source>批准以后才生效。</source>
        <translation>It takes effect only when it is approved.</translation>
    </message>
    <message>
        <source>顶替</source>
        <translation>Replacement</translation>
    </message>
    <message>
        <source>补记时间…</source>
        <translation>Note another time…</translation>
    </message>
    <message>
        <source>登记工资</source>
        <translation>Enter wage</translation>
    </message>
    <message>
        <source>看工资台账</source>
        <translation>Open in the wage ledger</translation>
    </message>
    <message>
        <source>找人顶替…</source>
        <translation>Somebody instead…</translation>
    </message>
    <message>
        <source>调解：{state}</source>
        <translation>Mediation: {state}</translation>
    </message>
    <message>
        <source>看调解案 {number}</source>
        <translation>Open case {number}</translation>
    </message>
    <message>
        <source>有争议，转调解</source>
        <translation>Disputed: to mediation</translation>
    </message>
    <message>
        <source>已转为劳动争议调解，事实已经抄过去</source>
        <translation>A labour case was made and the facts copied</translation>
    </message>
    <message>
        <source>谁合适</source>
        <translation>Who fits</translation>
    </message>
</context>
<context>
    <name>Attachments</name>
    <message>
        <source>本机和中心都有</source>
        <translation>Here and at the centre</translation>
    </message>
    <message>
        <source>只在本机，待送达</source>
        <translation>Only here, waiting</translation>
    </message>
    <message>
        <source>在中心，本机没有</source>
        <translation>At the centre, not here</translation>
    </message>
    <message>
        <source>内容还没到中心</source>
        <translation>Not at the centre yet</translation>
    </message>
    <message>
        <source>内容不在本机</source>
        <translation>Not on this desk</translation>
    </message>
    <message>
        <source>取来</source>
        <translation>Fetch</translation>
    </message>
    <message>
        <source>取来 {name}</source>
        <translation>Fetch {name}</translation>
    </message>
    <message>
        <source>添加附件…</source>
        <translation>Add a file…</translation>
    </message>
    <message>
        <source>附件</source>
        <translation>Files</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>选要添加的文件</source>
        <translation>Choose the file to add</translation>
    </message>
    <message>
        <source>附件已加密保存在本机，尚未送达中心</source>
        <translation>The file is saved here, encrypted, and not yet at the centre</translation>
    </message>
    <message>
        <source>会随下次同步取来</source>
        <translation>It is fetched with the next exchange</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>打开 {name}</source>
        <translation>Open {name}</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>一起办</source>
        <translation>Do together</translation>
    </message>
    <message>
        <source>把选中的导出为 Excel</source>
        <translation>Export what is selected to Excel</translation>
    </message>
    <message>
        <source>打印选中的清单</source>
        <translation>Print what is selected</translation>
    </message>
    <message>
        <source>取消选择（Esc）</source>
        <translation>Clear the selection (Esc)</translation>
    </message>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>看原因</source>
        <translation>See why</translation>
    </message>
    <message>
        <source>全部撤销</source>
        <translation>Undo all</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>已选 {count} 件</source>
        <translation>{count} selected</translation>
    </message>
    <message>
        <source>（只有 {fits} 件可以）</source>
        <translation> (fits only {fits})</translation>
    </message>
    <message>
        <source>正在{action}</source>
        <translation>Doing: {action}</translation>
    </message>
    <message>
        <source>{said}：{done}/{total}</source>
        <translation>{said}: {done}/{total}</translation>
    </message>
    <message>
        <source>正在撤销</source>
        <translation>Undoing</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>没有办的 {count} 件</source>
        <translation>{count} not done</translation>
    </message>
    <message>
        <source>它们还选着，可以换一种办法。</source>
        <translation>They are still selected: you can try another way.</translation>
    </message>
    <message>
        <source>{action}：{total} 件办了 {done} 件</source>
        <translation>{action}: {done} of {total} done</translation>
    </message>
    <message>
        <source>{count} 件没有办：{why}</source>
        <translation>{count} refused: {why}</translation>
    </message>
    <message>
        <source>停下了，{count} 件没有动</source>
        <translation>stopped, {count} left as they were</translation>
    </message>
    <message>
        <source>选中的没有可以一起办的</source>
        <translation>Nothing can be done to all that is marked</translation>
    </message>
</context>
<context>
    <name>BundleMenu</name>
    <message>
        <source>U 盘交换</source>
        <translation>USB exchange</translation>
    </message>
    <message>
        <source>没有网络也能交换：把待送达的内容装进一个加密文件，带到中心，再把答复带回来</source>
        <translation>Exchange without a network: what waits goes into an encrypted file, is carried to the centre, and the answer comes back</translation>
    </message>
    <message>
        <source>把待送达的内容导出到 U 盘…</source>
        <translation>Export what waits to a USB stick…</translation>
    </message>
    <message>
        <source>导入中心的答复…</source>
        <translation>Import the centre&apos;s answer…</translation>
    </message>
    <message>
        <source>替别的工作站送到中心…</source>
        <translation>Carry for another station…</translation>
    </message>
    <message>
        <source>导出到哪里</source>
        <translation>Export to where</translation>
    </message>
    <message>
        <source>正在写入 U 盘……</source>
        <translation>Writing to the stick…</translation>
    </message>
    <message>
        <source>选中心的答复</source>
        <translation>Choose the centre&apos;s answer</translation>
    </message>
    <message>
        <source>正在导入……</source>
        <translation>Importing…</translation>
    </message>
    <message>
        <source>选要代送的数据包</source>
        <translation>Choose the bundle to carry</translation>
    </message>
    <message>
        <source>中心的答复存到哪里</source>
        <translation>Where to save the centre&apos;s answer</translation>
    </message>
    <message>
        <source>正在代为送到中心……</source>
        <translation>Carrying it to the centre…</translation>
    </message>
    <message>
        <source>这份答复里没有新的内容，可能已经导入过。</source>
        <translation>This answer has nothing new; it may have been imported before.</translation>
    </message>
    <message>
        <source>答复已导入：送达 {sent} 项，收到 {got} 项，{bad} 项被退回。</source>
        <translation>Answer imported: {sent} delivered, {got} received, {bad} sent back.</translation>
    </message>
    <message>
        <source>答复已导入：送达 {sent} 项，收到 {got} 项。</source>
        <translation>Answer imported: {sent} delivered, {got} received.</translation>
    </message>
    <message>
        <source>{station} {when} 的数据包已送到中心，答复在 {file}，请带回给他们。</source>
        <translation>The bundle of {station} ({when}) is at the centre; the answer is in {file}. Please take it back to them.</translation>
    </message>
    <message>
        <source>只导出记录，附件留到下次…</source>
        <translation>Export records only, attachments next time…</translation>
    </message>
    <message>
        <source>{n} 项和 {files} 个附件已写入 {file}，写完后已读回核对。请带到中心；带回答复之前它们仍算未送达。</source>
        <translation>{n} changes and {files} attachments written to {file} and read back. Take it to the centre; until the answer comes back they count as not delivered.</translation>
    </message>
    <message>
        <source>还有 {n} 个附件（{size}）没有带上，导入答复后再导出一次。</source>
        <translation> {n} more attachments ({size}) did not go along; export again after importing the answer.</translation>
    </message>
    <message>
        <source>答复已导入：送达 {sent} 项，收到 {got} 项；附件送达 {up} 个，取来 {down} 个。</source>
        <translation>Answer imported: {sent} delivered, {got} received; attachments: {up} delivered, {down} fetched.</translation>
    </message>
</context>
<context>
    <name>CallBanner</name>
    <message>
        <source>我去</source>
        <translation>I&apos;ll go</translation>
    </message>
    <message>
        <source>{machine}在叫工作人员：{at}，已等 {minutes} 分钟</source>
        <translation>{machine} calls the staff: {at}, waiting for {minutes} min</translation>
    </message>
    <message>
        <source>去看看</source>
        <translation>Have a look</translation>
    </message>
    <message>
        <source>有 {n} 人在自助机上留了电话，等回电</source>
        <translation>{n} left a number at the kiosk and wait for a call</translation>
    </message>
    <message>
        <source>已告诉自助机：有人过去</source>
        <translation>The kiosk is told that somebody comes</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>时:分:秒，例如 15:41:50</source>
        <translation>h:min:s, for example 15:41:50</translation>
    </message>
    <message>
        <source>写成 时:分:秒，例如 15:41:50</source>
        <translation>Write h:min:s, for example 15:41:50</translation>
    </message>
    <message>
        <source>社区110 十分钟</source>
        <translation>Community 110, ten minutes</translation>
    </message>
    <message>
        <source>补记时间</source>
        <translation>Note the time later</translation>
    </message>
    <message>
        <source>{when} 补记</source>
        <translation>noted {when}</translation>
    </message>
</context>
<context>
    <name>CallDetail</name>
    <message>
        <source>{time} 到场，超过10分钟</source>
        <translation>Arrived after {time}: more than 10 minutes</translation>
    </message>
    <message>
        <source>{time} 到场，10分钟以内</source>
        <translation>Arrived after {time}: within 10 minutes</translation>
    </message>
    <message>
        <source>已过 {time}，超过10分钟还没有到场</source>
        <translation>{time} have passed: nobody there after 10 minutes</translation>
    </message>
    <message>
        <source>已过 {time}，10分钟内要到场</source>
        <translation>{time} have passed: somebody should be there within 10 minutes</translation>
    </message>
    <message>
        <source>例如：网格员A 林小明、治安巡防队</source>
        <translation>For example: grid worker A Lin、patrol team</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
</context>
<context>
    <name>CallForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>不填就是现在</source>
        <translation>Empty means now</translation>
    </message>
</context>
<context>
    <name>CallRecords</name>
    <message>
        <source>接报，开始计时</source>
        <translation>Take the call, start the clock</translation>
    </message>
    <message>
        <source>接报</source>
        <translation>Take a call</translation>
    </message>
    <message>
        <source>已接报，开始计时。已保存在本机。</source>
        <translation>Taken, the clock runs. Saved on this desk.</translation>
    </message>
    <message>
        <source>≤10分钟</source>
        <translation>≤10 min</translation>
    </message>
    <message>
        <source>超过10分钟</source>
        <translation>over 10 min</translation>
    </message>
    <message>
        <source>处理中</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>没有在处理的接报</source>
        <translation>No open calls</translation>
    </message>
    <message>
        <source>接到求助就按“接报”：从这一刻计时，派人、到场各按一次。</source>
        <translation>Press &quot;Take a call&quot; when somebody asks for help: the clock runs from then; press once when sending and once on arrival.</translation>
    </message>
    <message>
        <source>这个筛选下没有记录</source>
        <translation>Nothing under this filter</translation>
    </message>
    <message>
        <source>▲ 超过10分钟没有到场</source>
        <translation>▲ nobody there after 10 minutes</translation>
    </message>
    <message>
        <source>△ 等人到场</source>
        <translation>△ waiting for somebody to arrive</translation>
    </message>
    <message>
        <source>已过 {n} 分钟</source>
        <translation>{n} minutes gone</translation>
    </message>
    <message>
        <source>在等</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>还没应</source>
        <translation>Unanswered</translation>
    </message>
    <message>
        <source>没有人在自助机上等</source>
        <translation>Nobody waits at the kiosk</translation>
    </message>
    <message>
        <source>有人按“叫工作人员”，或留了电话，会出现在这里。</source>
        <translation>Who presses &quot;Call staff&quot; or leaves a number appears here.</translation>
    </message>
</context>
<context>
    <name>Candidates</name>
    <message>
        <source>谁合适</source>
        <translation>Who fits</translation>
    </message>
    <message>
        <source>按会不会、远近、工钱、排队先后和以往评价算分。已经报名的、那段时间有活的不在里面。由您决定。</source>
        <translation>Scored by skill, distance, pay, place in the queue and past ratings. Who applied already or has work then is left out. You decide.</translation>
    </message>
    <message>
        <source>替他报名</source>
        <translation>Apply for this person</translation>
    </message>
    <message>
        <source>排第 {n} 位</source>
        <translation>number {n} in the queue</translation>
    </message>
    <message>
        <source>{score} 分</source>
        <translation>{score} points</translation>
    </message>
    <message>
        <source>没有合适的人</source>
        <translation>Nobody fits</translation>
    </message>
    <message>
        <source>会这门活、那段时间有空的人登记以后会出现在这里。</source>
        <translation>People with the skill who are free then appear here once registered.</translation>
    </message>
</context>
<context>
    <name>CaseDetail</name>
    <message>
        <source>已记下：{name} 签了告知书</source>
        <translation>Noted: {name} signed the notice</translation>
    </message>
    <message>
        <source>记下拒签</source>
        <translation>Note the refusal to sign</translation>
    </message>
    <message>
        <source>怎样拒签的，谁在场见证</source>
        <translation>How it was refused, and who saw it</translation>
    </message>
    <message>
        <source>已记下拒签的情况</source>
        <translation>The refusal to sign is noted</translation>
    </message>
    <message>
        <source>拒绝签字</source>
        <translation>will not sign</translation>
    </message>
    <message>
        <source>当事人、调解记录和协议只有调解小组可以查看（人民调解法第十五条）。需要了解请找承办人。</source>
        <translation>Parties, sessions and agreement are for the mediation team only (People&apos;s Mediation Law, art. 15). Ask the mediator in charge.</translation>
    </message>
    <message>
        <source>概况</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>当事人</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>调解记录</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>案件的各部分</source>
        <translation>Parts of the case</translation>
    </message>
    <message>
        <source>{category}纠纷</source>
        <translation>Dispute: {category}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>开始调解</source>
        <translation>Start mediating</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>已恢复</source>
        <translation>Restored</translation>
    </message>
    <message>
        <source>已告知当事人仲裁、行政、诉讼等其他途径</source>
        <translation>The parties were told of the other ways: arbitration, administration, court</translation>
    </message>
    <message>
        <source>{action}，已保存在本机</source>
        <translation>{action}: saved on this desk</translation>
    </message>
    <message>
        <source>撤销作废</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>已撤销作废</source>
        <translation>Restored</translation>
    </message>
    <message>
        <source>开始一次调解</source>
        <translation>Start a session</translation>
    </message>
    <message>
        <source>当事人已添加，已保存在本机</source>
        <translation>Party added; saved on this desk</translation>
    </message>
    <message>
        <source>添加当事人</source>
        <translation>Add a party</translation>
    </message>
    <message>
        <source>已记下：{name} 已被告知权利义务</source>
        <translation>Recorded: {name} was told of rights and duties</translation>
    </message>
    <message>
        <source>记下拒绝</source>
        <translation>Record the refusal</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>怎样拒绝的</source>
        <translation>How it was refused</translation>
    </message>
    <message>
        <source>已记下，调解终止（人民调解法第十七条）</source>
        <translation>Recorded; the mediation ends (People&apos;s Mediation Law, art. 17)</translation>
    </message>
    <message>
        <source>拒绝调解</source>
        <translation>Refuses mediation</translation>
    </message>
    <message>
        <source>▲ 有动手危险，已报110</source>
        <translation>▲ Danger of violence, 110 called</translation>
    </message>
    <message>
        <source>扬言动手，先拨110…</source>
        <translation>Violence threatened: call 110 first…</translation>
    </message>
    <message>
        <source>纠纷当事人扬言动手</source>
        <translation>A party to the dispute threatens violence</translation>
    </message>
    <message>
        <source>已保存在本机，联网后最先送给警方</source>
        <translation>Saved on this computer; goes to the police first once there is a network</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>Follow-up</translation>
    </message>
    <message>
        <source>激化迹象…</source>
        <translation>Signs of escalation…</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>已保存在本机</source>
        <translation>Saved on this machine</translation>
    </message>
    <message>
        <source>激化迹象（人民调解法第二十五条）</source>
        <translation>Signs of escalation (People&apos;s Mediation Law, article 25)</translation>
    </message>
    <message>
        <source>卷宗</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>进入调解室</source>
        <translation>Enter the session room</translation>
    </message>
    <message>
        <source>打不开这条记录</source>
        <translation>This record cannot be opened</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>修改纠纷情况</source>
        <translation>Correct the dispute</translation>
    </message>
    <message>
        <source>改类别</source>
        <translation>Change category</translation>
    </message>
    <message>
        <source>查阅案卷（会留记录）</source>
        <translation>Read the file (this is recorded)</translation>
    </message>
    <message>
        <source>撤回报警登记…</source>
        <translation>Take back the call to 110…</translation>
    </message>
    <message>
        <source>为什么撤回（写进案卷，公安看不到）</source>
        <translation>Why it is taken back (goes into the file; the police do not see it)</translation>
    </message>
    <message>
        <source>撤回报警登记</source>
        <translation>Take back the call to 110</translation>
    </message>
    <message>
        <source>已撤回报警登记；联网后公安的电脑不再有这件案卷</source>
        <translation>The call was taken back; once online, the file leaves the computers of the police</translation>
    </message>
    <message>
        <source>这件纠纷已报110，公安可以查阅案卷，不能更改。每次查阅都会记下，调解小组看得到。</source>
        <translation>110 was called for this dispute: the police may read its file and change nothing. Each reading is recorded and shown to the mediation team.</translation>
    </message>
    <message>
        <source>改保管期限</source>
        <translation>Change how long it is kept</translation>
    </message>
    <message>
        <source>看零工记录</source>
        <translation>Open the odd job</translation>
    </message>
    <message>
        <source>涉及金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>改涉及金额</source>
        <translation>Change the amount</translation>
    </message>
    <message>
        <source>您因报警查阅这件案卷，归档前都可以，只能看；这次查阅已记下，调解小组看得到。照片和附件请向承办人调取。</source>
        <translation>You may read this file until it is archived because 110 was called, and only read it; this reading is recorded and shown to the mediation team. Ask the mediator for photos and other files.</translation>
    </message>
</context>
<context>
    <name>CaseFiles</name>
    <message>
        <source>授权委托书</source>
        <translation>Power of attorney</translation>
    </message>
    <message>
        <source>签名的调查记录</source>
        <translation>Signed record of the inquiry</translation>
    </message>
    <message>
        <source>签名的回访记录</source>
        <translation>Signed record of the revisit</translation>
    </message>
    <message>
        <source>法院文书</source>
        <translation>Paper of the court</translation>
    </message>
    <message>
        <source>添加{what}…</source>
        <translation>Add: {what}…</translation>
    </message>
</context>
<context>
    <name>CasePaper</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>不打印</source>
        <translation>Do not print</translation>
    </message>
    <message>
        <source>显示完整信息…</source>
        <translation>Show full data…</translation>
    </message>
    <message>
        <source>存为 PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message>
        <source>存为 Word…</source>
        <translation>Save as Word…</translation>
    </message>
    <message>
        <source>正在排版…</source>
        <translation>Setting the pages…</translation>
    </message>
    <message>
        <source>第 {number} 页，共 {count} 页</source>
        <translation>Page {number} of {count}</translation>
    </message>
    <message>
        <source>姓名、号码和住址已遮盖，共 {pages} 页。签署和归档要用完整信息，显示和打印都会记入审计。</source>
        <translation>Names, numbers and addresses are masked (pages: {pages}). Signing and filing take the full data; showing and printing go into the audit.</translation>
    </message>
    <message>
        <source>完整信息，共 {pages} 页。每一页都有您的姓名和时间；打印、另存都会记入这件纠纷。</source>
        <translation>Full data (pages: {pages}). Each page bears your name and the time; printing and saving are recorded with this case.</translation>
    </message>
    <message>
        <source>▲ 签署以后这份文书的内容变过，现在打印的和签署的那份不一样。</source>
        <translation>▲ What this paper says has changed since it was signed: what is printed now differs from what was signed.</translation>
    </message>
    <message>
        <source>显示完整信息</source>
        <translation>Show full data</translation>
    </message>
    <message>
        <source>写明用途，例如“当事人签署调解协议”。会记入审计。</source>
        <translation>Say what for, such as &quot;the parties sign the agreement&quot;. It is written into the audit.</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>正在打印…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>已送往打印机，已记入这件纠纷</source>
        <translation>Sent to the printer and recorded with this case</translation>
    </message>
    <message>
        <source>已存为 PDF，已记入这件纠纷</source>
        <translation>Saved as PDF and recorded with this case</translation>
    </message>
    <message>
        <source>已存为 Word，已记入这件纠纷</source>
        <translation>Saved as Word and recorded with this case</translation>
    </message>
    <message>
        <source>▲ 本单位的模板 {file} 有错，没有用，先用自带的：{faults}</source>
        <translation>▲ The office&apos;s template {file} has faults and was not used, the shipped one was: {faults}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>CaseRecords</name>
    <message>
        <source>受理一起调解</source>
        <translation>A mediation case</translation>
    </message>
    <message>
        <source>{category}纠纷</source>
        <translation>Dispute: {category}</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>没有在办的调解</source>
        <translation>No open cases</translation>
    </message>
    <message>
        <source>当事人申请的、主动上门的、公安法院移送的，都从受理开始。</source>
        <translation>Asked for, offered, or referred by police and court: each begins with acceptance.</translation>
    </message>
    <message>
        <source>这个筛选下没有案件</source>
        <translation>No case fits this filter</translation>
    </message>
    <message>
        <source>搜编号（/）；当事人和内容不进搜索</source>
        <translation>Number (/); parties and contents are not searched</translation>
    </message>
    <message>
        <source>全部状态</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>全部类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>已受理。已保存在本机，尚未送达中心。</source>
        <translation>Accepted. Saved on this desk, not yet at the centre.</translation>
    </message>
    <message>
        <source>导出为 Excel（Ctrl+E）</source>
        <translation>Export to Excel (Ctrl+E)</translation>
    </message>
    <message>
        <source>▲ 有激化危险</source>
        <translation>▲ May turn violent</translation>
    </message>
    <message>
        <source>打印这个列表（Ctrl+Shift+P）</source>
        <translation>Print this list (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>作废的编号…</source>
        <translation>Void numbers…</translation>
    </message>
</context>
<context>
    <name>CertificateDetail</name>
    <message>
        <source>存为 PDF 打印…</source>
        <translation>Save as PDF to print…</translation>
    </message>
    <message>
        <source>志愿服务记录证明.pdf</source>
        <translation>certificate-of-service.pdf</translation>
    </message>
    <message>
        <source>存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>已存到 {name}</source>
        <translation>Saved to {name}</translation>
    </message>
</context>
<context>
    <name>CertificateForm</name>
    <message>
        <source>出具证明</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>群防群治志愿服务</source>
        <translation>Voluntary service in mass prevention</translation>
    </message>
    <message>
        <source>姓名、拼音、编号或电话尾号</source>
        <translation>Name, pinyin, number or end of phone</translation>
    </message>
    <message>
        <source>只计核验过的时长；证件号码要先补齐</source>
        <translation>Only verified time counts; the document has to be recorded first</translation>
    </message>
</context>
<context>
    <name>CertificateRecords</name>
    <message>
        <source>开志愿服务记录证明</source>
        <translation>Issue a certificate of service</translation>
    </message>
    <message>
        <source>证明已出具，编号在最上面。已保存在本机。</source>
        <translation>Issued; the number is at the top. Saved on this desk.</translation>
    </message>
    <message>
        <source>{hours} 小时</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已出具</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有证明</source>
        <translation>No certificates yet</translation>
    </message>
    <message>
        <source>谁记录谁证明，不收费。核验过的时长可以开志愿服务记录证明。</source>
        <translation>Who recorded certifies, free of charge. Verified time can be certified.</translation>
    </message>
    <message>
        <source>开证明</source>
        <translation>Issue a certificate</translation>
    </message>
</context>
<context>
    <name>CheckForm</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>签到码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>签到码（扫码枪扫入，或照着输入八个字）</source>
        <translation>Code (by a scanner, or type the eight signs)</translation>
    </message>
    <message>
        <source>不用网络；大小写、空格、短横都不影响。</source>
        <translation>No network is needed; capitals, blanks and dashes do not matter.</translation>
    </message>
    <message>
        <source>没有码，就写在哪里（WGS-84，度）</source>
        <translation>Without a code: where it is (WGS-84, degrees)</translation>
    </message>
    <message>
        <source>签到点（不选就取最近的）</source>
        <translation>Point (the nearest where none is chosen)</translation>
    </message>
    <message>
        <source>纬度</source>
        <translation>Latitude</translation>
    </message>
    <message>
        <source>经度</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>太远、量不出距离，或中心还没有确认名额时要写。</source>
        <translation>Needed when it is too far, cannot be measured, or the centre has not confirmed a place.</translation>
    </message>
    <message>
        <source>选现场照片</source>
        <translation>Choose a photo of the place</translation>
    </message>
    <message>
        <source>从照片读取位置…</source>
        <translation>Read the place from a photo…</translation>
    </message>
    <message>
        <source>离“{point}”约 {n} 米，在 100 米以内</source>
        <translation>some {n} m from &quot;{point}&quot;, within 100 m</translation>
    </message>
    <message>
        <source>扫码：{point}</source>
        <translation>Code: {point}</translation>
    </message>
    <message>
        <source>△ 定位，没有量出距离</source>
        <translation>△ by place, distance not measured</translation>
    </message>
    <message>
        <source>▲ 定位：离{point} {n} 米</source>
        <translation>▲ by place: {n} m from {point}</translation>
    </message>
    <message>
        <source>定位：离{point} {n} 米</source>
        <translation>By place: {n} m from {point}</translation>
    </message>
</context>
<context>
    <name>ClaimBar</name>
    <message>
        <source>已提出认领，等中心确认；在那之前还不算您的，先到先得。</source>
        <translation>Claimed here, waiting for the centre; until then it is not yours: first come, first served.</translation>
    </message>
    <message>
        <source>已提出放弃，等中心确认。</source>
        <translation>Given back here, waiting for the centre.</translation>
    </message>
    <message>
        <source>已提出改派，等中心确认。</source>
        <translation>Reassigned here, waiting for the centre.</translation>
    </message>
    <message>
        <source>认领到 {when}；到时没有进展会自动放开。</source>
        <translation>Yours until {when}; without progress it is released then.</translation>
    </message>
    <message>
        <source>谁先认领谁办，以中心收到的先后为准。</source>
        <translation>First come, first served, by the order in which the centre hears of it.</translation>
    </message>
    <message>
        <source>待确认</source>
        <translation>To be confirmed</translation>
    </message>
    <message>
        <source>由您承办</source>
        <translation>Yours</translation>
    </message>
    <message>
        <source>由{name}承办</source>
        <translation>Handled by {name}</translation>
    </message>
    <message>
        <source>他人承办</source>
        <translation>Handled by somebody else</translation>
    </message>
    <message>
        <source>未认领</source>
        <translation>Not claimed</translation>
    </message>
    <message>
        <source>原来的承办人和新的承办人都会收到消息。</source>
        <translation>Both the old and the new one are told.</translation>
    </message>
</context>
<context>
    <name>ClaimNews</name>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source> 另有 {n} 条。</source>
        <translation> {n} more.</translation>
    </message>
    <message>
        <source>“{title}”已由{other}先认领，您补充的内容都留着。</source>
        <translation>&quot;{title}&quot; was claimed by {other} first; what you added is kept.</translation>
    </message>
    <message>
        <source>您对“{title}”的认领已到期放开。</source>
        <translation>Your claim of &quot;{title}&quot; has lapsed.</translation>
    </message>
    <message>
        <source>“{title}”已改由{other}承办。</source>
        <translation>&quot;{title}&quot; is now handled by {other}.</translation>
    </message>
    <message>
        <source>“{title}”已交给您承办。</source>
        <translation>&quot;{title}&quot; was given to you.</translation>
    </message>
    <message>
        <source> 理由：{reason}</source>
        <translation> Reason: {reason}</translation>
    </message>
</context>
<context>
    <name>ClueDetail</name>
    <message>
        <source>打开查看（记入审计）</source>
        <translation>Open (noted in the audit)</translation>
    </message>
    <message>
        <source>密封线索</source>
        <translation>Sealed clue</translation>
    </message>
    <message>
        <source>谁打开过（本机）</source>
        <translation>Opened by (this computer)</translation>
    </message>
    <message>
        <source>还没有人打开</source>
        <translation>Nobody has opened it yet</translation>
    </message>
</context>
<context>
    <name>ClueForm</name>
    <message>
        <source>密封</source>
        <translation>Seal</translation>
    </message>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>不留草稿；密封后只有派出所的账号能打开</source>
        <translation>No draft is kept; once sealed only police accounts open it</translation>
    </message>
</context>
<context>
    <name>ClueRecords</name>
    <message>
        <source>密封一条线索</source>
        <translation>Seal a clue</translation>
    </message>
    <message>
        <source>已密封，已保存在本机</source>
        <translation>Sealed, saved on this desk</translation>
    </message>
    <message>
        <source>密封线索</source>
        <translation>Sealed clue</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>还没有线索</source>
        <translation>No clues yet</translation>
    </message>
    <message>
        <source>巡防中密封的线索送达后显示在这里，只有派出所的账号能打开。</source>
        <translation>Clues sealed on rounds appear here once they arrive; only police accounts open them.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>登记事件</source>
        <translation>New report</translation>
    </message>
    <message>
        <source>登记用工信息</source>
        <translation>New job posting</translation>
    </message>
    <message>
        <source>受理调解</source>
        <translation>Accept a case</translation>
    </message>
    <message>
        <source>现在同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>冲突</source>
        <translation>Conflicts</translation>
    </message>
    <message>
        <source>深色外观</source>
        <translation>Dark theme</translation>
    </message>
    <message>
        <source>浅色外观</source>
        <translation>Light theme</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock the screen</translation>
    </message>
    <message>
        <source>打印早间清单</source>
        <translation>Print the morning sheet</translation>
    </message>
    <message>
        <source>事件月度统计</source>
        <translation>Monthly figures of reports</translation>
    </message>
    <message>
        <source>调解月报</source>
        <translation>Monthly report of mediation</translation>
    </message>
    <message>
        <source>以案定补</source>
        <translation>Subsidy by cases</translation>
    </message>
</context>
<context>
    <name>Committees</name>
    <message>
        <source>调委会</source>
        <translation>Mediation committee</translation>
    </message>
    <message>
        <source>登记调委会</source>
        <translation>Register a committee</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>委员三至九人，应当有妇女，每届三年；编号简称登记后不能改。</source>
        <translation>Three to nine members, a woman among them, three years; the short name in numbers never changes.</translation>
    </message>
    <message>
        <source>还没有登记调委会；案号暂时不带简称。</source>
        <translation>No committee yet: numbers carry no short name.</translation>
    </message>
    <message>
        <source>添加委员</source>
        <translation>Add a member</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>专职</source>
        <translation>Full-time</translation>
    </message>
    <message>
        <source>已离任</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>▲ 现有 {count} 人</source>
        <translation>▲ {count} members now</translation>
    </message>
    <message>
        <source>▲ 没有妇女委员</source>
        <translation>▲ No woman among them</translation>
    </message>
    <message>
        <source>▲ 任期已满</source>
        <translation>▲ Term is over</translation>
    </message>
    <message>
        <source>更正：{kind}</source>
        <translation>Correct: {kind}</translation>
    </message>
    <message>
        <source>登记：{kind}</source>
        <translation>Register: {kind}</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>距离不明</source>
        <translation>distance unknown</translation>
    </message>
    <message>
        <source>相距 {metres} 米</source>
        <translation>{metres} m apart</translation>
    </message>
    <message>
        <source>文字相似 {percent}%</source>
        <translation>texts {percent}% alike</translation>
    </message>
    <message>
        <source>可能已经登记过</source>
        <translation>This may have been recorded already</translation>
    </message>
    <message>
        <source>两边对照一下。关联以后两件都保留，两位反映人都会得到反馈，随时可以解除。</source>
        <translation>Compare the two. Linked, both stay, both people get an answer, and the link can be undone at any time.</translation>
    </message>
    <message>
        <source>是同一件事，登记并关联</source>
        <translation>Same matter: record and link</translation>
    </message>
    <message>
        <source>上一件（←）</source>
        <translation>Previous (←)</translation>
    </message>
    <message>
        <source>下一件（→）</source>
        <translation>Next (→)</translation>
    </message>
    <message>
        <source>不是同一件，单独登记</source>
        <translation>Another matter: record apart</translation>
    </message>
    <message>
        <source>{moment} 登记</source>
        <translation>recorded {moment}</translation>
    </message>
    <message>
        <source>还没有登记</source>
        <translation>not recorded yet</translation>
    </message>
    <message>
        <source>正在登记的</source>
        <translation>Being recorded</translation>
    </message>
    <message>
        <source>新</source>
        <translation>new</translation>
    </message>
    <message>
        <source>没有照片</source>
        <translation>No photo</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>照片不在本机</source>
        <translation>The photo is not on this desk</translation>
    </message>
</context>
<context>
    <name>ComplaintRecords</name>
    <message>
        <source>待处理</source>
        <translation>To handle</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>没有待处理的投诉</source>
        <translation>No complaints to handle</translation>
    </message>
    <message>
        <source>在用工单位或用工信息的页上，用“登记投诉”记下来。</source>
        <translation>They are recorded on the page of an employer or posting, with &quot;Record complaint&quot;.</translation>
    </message>
    <message>
        <source>这个筛选下没有投诉</source>
        <translation>No complaints match this filter</translation>
    </message>
    <message>
        <source>搜投诉人的姓名、电话（/）</source>
        <translation>Search name or phone of who complained (/)</translation>
    </message>
</context>
<context>
    <name>Complaints</name>
    <message>
        <source>可以不留姓名；平时遮盖显示</source>
        <translation>May be left out; shown covered</translation>
    </message>
    <message>
        <source>看用工单位</source>
        <translation>See the employer</translation>
    </message>
    <message>
        <source>看用工信息</source>
        <translation>See the posting</translation>
    </message>
    <message>
        <source>属实的：用工信息要下架，或者单位要处理，请到它们的页上办</source>
        <translation>If true: take the posting down, or sanction the employer, on their own pages</translation>
    </message>
    <message>
        <source>登记投诉</source>
        <translation>Record complaint</translation>
    </message>
    <message>
        <source>投诉已登记，等站长处理。已保存在本机</source>
        <translation>Complaint recorded; a supervisor handles it. Saved on this computer</translation>
    </message>
</context>
<context>
    <name>ConflictDetailView</name>
    <message>
        <source>理由（会和决定一起留下）</source>
        <translation>Reason (kept with the decision)</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>例如：已电话核对</source>
        <translation>For example: checked by phone</translation>
    </message>
    <message>
        <source>原来的值</source>
        <translation>Value before</translation>
    </message>
    <message>
        <source>后来写下的值</source>
        <translation>Values written since</translation>
    </message>
    <message>
        <source>打开记录</source>
        <translation>Open the record</translation>
    </message>
    <message>
        <source>另填一个值</source>
        <translation>Another value</translation>
    </message>
    <message>
        <source>设备不明</source>
        <translation>unknown device</translation>
    </message>
    <message>
        <source>{name}，{device}</source>
        <translation>{name}, {device}</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>this desk</translation>
    </message>
    <message>
        <source>中心现用</source>
        <translation>At the centre</translation>
    </message>
    <message>
        <source>本机写的</source>
        <translation>Written here</translation>
    </message>
    <message>
        <source>隐藏位不同</source>
        <translation>Differs in hidden digits</translation>
    </message>
    <message>
        <source>已决定：{value}。理由：{reason}</source>
        <translation>Decided: {value}. Reason: {reason}</translation>
    </message>
    <message>
        <source>没有写</source>
        <translation>none given</translation>
    </message>
    <message>
        <source>本机已作决定，等待送达中心。</source>
        <translation>Decided on this desk; waiting to reach the centre.</translation>
    </message>
    <message>
        <source>这一项要由两个人决定：一人提出，另一人确认。</source>
        <translation>This field takes two people: one proposes, another confirms.</translation>
    </message>
    <message>
        <source>您的账号不能决定冲突，请找窗口工作人员或站长。</source>
        <translation>Your account cannot decide conflicts; ask a clerk or the head of station.</translation>
    </message>
    <message>
        <source>您已提出改为“{value}”，等另一位同事确认。</source>
        <translation>You proposed &quot;{value}&quot;; a colleague has to confirm it.</translation>
    </message>
    <message>
        <source>{name} 提出改为“{value}”。同意就选这个值确认，不同意就另选。</source>
        <translation>{name} proposed &quot;{value}&quot;. Choose it to confirm, or choose another.</translation>
    </message>
    <message>
        <source>确认这个值</source>
        <translation>Confirm this value</translation>
    </message>
    <message>
        <source>提出这个值</source>
        <translation>Propose this value</translation>
    </message>
    <message>
        <source>用这个值</source>
        <translation>Use this value</translation>
    </message>
    <message>
        <source>已提出，等另一位同事确认。</source>
        <translation>Proposed; a colleague has to confirm it.</translation>
    </message>
    <message>
        <source>已决定，会随下次同步送达。</source>
        <translation>Decided; it goes out with the next sync.</translation>
    </message>
    <message>
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>合在一起</source>
        <translation>Combine</translation>
    </message>
    <message>
        <source>每个人写的都保留：文字前后相接，多选项全部留下。</source>
        <translation>Everything stays: texts one after another, all entries of a list.</translation>
    </message>
    <message>
        <source>已超期，{when}</source>
        <translation>Overdue, {when}</translation>
    </message>
    <message>
        <source>{when} 前决定</source>
        <translation>Decide by {when}</translation>
    </message>
    <message>
        <source>查看完整内容</source>
        <translation>Show in full</translation>
    </message>
    <message>
        <source>撤销决定…</source>
        <translation>Undo the decision…</translation>
    </message>
    <message>
        <source>冲突重新打开，原来的决定也留着可查。</source>
        <translation>The conflict opens again; the decision can still be looked up.</translation>
    </message>
    <message>
        <source>决定之后这一项又改过，撤销会盖住后来的改动。</source>
        <translation>This was changed after the decision; undoing covers the later change.</translation>
    </message>
    <message>
        <source>撤销这个决定</source>
        <translation>Undo this decision</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>已撤销，会随下次同步送达。</source>
        <translation>Undone; it goes out with the next exchange.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>查看会记入审计：谁、何时、为什么。30 秒后自动遮盖。</source>
        <translation>Showing is written into the audit: who, when, why. It is covered again after 30 seconds.</translation>
    </message>
    <message>
        <source>由您决定</source>
        <translation>For you to decide</translation>
    </message>
    <message>
        <source>由{who}决定</source>
        <translation>To be decided by {who}</translation>
    </message>
    <message>
        <source>过期没人决定，已交上级</source>
        <translation>Nobody decided in time; handed up</translation>
    </message>
    <message>
        <source>下一步要等这个决定</source>
        <translation>The next step waits for it</translation>
    </message>
    <message>
        <source>{name} 撤销了原来的决定“{value}”：{reason}。请重新决定。</source>
        <translation>{name} undid the decision &quot;{value}&quot;: {reason}. Please decide again.</translation>
    </message>
    <message>
        <source>是不是同一个人？</source>
        <translation>The same person?</translation>
    </message>
    <message>
        <source>两条记录的号码相同</source>
        <translation>Two records have the same number</translation>
    </message>
    <message>
        <source>不是同一个，两条都留着</source>
        <translation>Not the same: keep both</translation>
    </message>
    <message>
        <source>和另一条是同一个（那一条不在本机）</source>
        <translation>The same as another record (which is not on this machine)</translation>
    </message>
    <message>
        <source>和“{other}”是同一个</source>
        <translation>The same as &quot;{other}&quot;</translation>
    </message>
    <message>
        <source>两个人定下的，要两个人撤销：您提出，另一位同事确认后才生效。</source>
        <translation>Two people decided this, and it takes two to undo it: you propose, a colleague confirms.</translation>
    </message>
    <message>
        <source>站里一直没人决定，已交街道</source>
        <translation>Nobody at the station decided: now with the street office</translation>
    </message>
    <message>
        <source>▲ 那台设备的时钟快 {n} 分钟</source>
        <translation>▲ That device&apos;s clock is {n} min fast</translation>
    </message>
    <message>
        <source>▲ 那台设备的时钟慢 {n} 分钟</source>
        <translation>▲ That device&apos;s clock is {n} min slow</translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message>
        <source>冲突</source>
        <translation>Conflicts</translation>
    </message>
    <message>
        <source>两个人改了同一项。每个人写的都还在，请选定一个；理由会一起留下。</source>
        <translation>Two people changed the same field. Everything written is still here: choose one, and say why.</translation>
    </message>
    <message>
        <source>待决定</source>
        <translation>Undecided</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>冲突列表</source>
        <translation>List of conflicts</translation>
    </message>
    <message>
        <source>选一处冲突</source>
        <translation>Choose a conflict</translation>
    </message>
    <message>
        <source>这里会显示原来的值、每个人写的值、时间和设备。</source>
        <translation>Here you will see the value before, what each person wrote, when, and on which machine.</translation>
    </message>
    <message>
        <source>看不到这处冲突</source>
        <translation>This conflict cannot be shown</translation>
    </message>
    <message>
        <source>返回列表</source>
        <translation>Back to the list</translation>
    </message>
    <message>
        <source>没有冲突</source>
        <translation>No conflicts</translation>
    </message>
    <message>
        <source>两个人改了同一项时，会在这里请人决定，谁写的都不会丢。</source>
        <translation>When two people change the same field, a person decides here; nothing is lost.</translation>
    </message>
    <message>
        <source>读不出列表</source>
        <translation>The list cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>搜记录、写的值、理由（/）</source>
        <translation>Record, value, reason (/)</translation>
    </message>
    <message>
        <source>由我决定</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>已决定</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>换个词，或者换一个筛选试试。</source>
        <translation>Try another word or another filter.</translation>
    </message>
    <message>
        <source>没有等您决定的</source>
        <translation>Nothing for you to decide</translation>
    </message>
    <message>
        <source>由您承办的记录有冲突时，会列在这里。</source>
        <translation>Conflicts of records that you handle are listed here.</translation>
    </message>
    <message>
        <source>还没有决定过的冲突</source>
        <translation>No conflict has been decided yet</translation>
    </message>
    <message>
        <source>决定过的都留在这里，可以查是谁、为什么，也可以撤销。</source>
        <translation>What was decided is kept here: by whom and why; it can be undone, too.</translation>
    </message>
    <message>
        <source>本月</source>
        <translation>This month</translation>
    </message>
    <message>
        <source>本月没有冲突</source>
        <translation>No conflict this month</translation>
    </message>
    <message>
        <source>本月发生的冲突都列在这里，决定过的也在。</source>
        <translation>All conflicts that arose this month are listed here, decided ones too.</translation>
    </message>
</context>
<context>
    <name>ContactCard</name>
    <message>
        <source>看安排</source>
        <translation>See the plan</translation>
    </message>
    <message>
        <source>▲ {day}的联企日过去了，没有记录</source>
        <translation>▲ Contact day {day}: nothing was recorded</translation>
    </message>
    <message>
        <source>{day}的联企日已举行，还没写结果</source>
        <translation>Contact day {day}: held, results not written</translation>
    </message>
    <message>
        <source>还没有安排走访</source>
        <translation>no visit planned yet</translation>
    </message>
    <message>
        <source>今天是联企日，{plan}</source>
        <translation>Today is the contact day, {plan}</translation>
    </message>
    <message>
        <source>明天（{day}）是联企日，{plan}</source>
        <translation>Tomorrow ({day}) is the contact day, {plan}</translation>
    </message>
    <message>
        <source>{left} 天后（{day}）是联企日，{plan}</source>
        <translation>In {left} days ({day}) is the contact day, {plan}</translation>
    </message>
    <message numerus="yes">
        <source>▲ 另有 %n 次过去了，没有记录</source>
        <translation>
            <numerusform>▲ %n more went by without a record</numerusform>
            <numerusform>▲ %n more went by without a record</numerusform>
        </translation>
    </message>
    <message>
        <source>企业走访</source>
        <translation>Visit to an enterprise</translation>
    </message>
    <message numerus="yes">
        <source>走访待办 %n 件到期</source>
        <translation>
            <numerusform>%n follow-up due</numerusform>
            <numerusform>%n follow-ups due</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{day}的联企日已举行，还有 %n 家没记结果</source>
        <translation>
            <numerusform>Contact day {day}: held, %n visit unrecorded</numerusform>
            <numerusform>Contact day {day}: held, %n visits unrecorded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>已安排走访 %n 家</source>
        <translation>
            <numerusform>%n visit planned</numerusform>
            <numerusform>%n visits planned</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContactDayDetail</name>
    <message>
        <source>{kind}，仍在15日</source>
        <translation>{kind}, still on the 15th</translation>
    </message>
    <message>
        <source>这个联企日不在最近一年里</source>
        <translation>This contact day does not lie in the last year</translation>
    </message>
    <message>
        <source>走访的单位</source>
        <translation>Enterprises visited</translation>
    </message>
    <message>
        <source>还没有安排</source>
        <translation>none planned yet</translation>
    </message>
    <message>
        <source>安排走访</source>
        <translation>Plan a visit</translation>
    </message>
    <message>
        <source>{day} 联企日</source>
        <translation>Contact day of {day}</translation>
    </message>
    <message>
        <source>当年节假日表未到，暂定</source>
        <translation>Holidays of that year not known yet: provisional</translation>
    </message>
    <message>
        <source>安排 {visits} 家 · 已走访 {made} 家 · 收到需求 {needs} 项</source>
        <translation>{visits} planned · {made} visited · {needs} needs heard</translation>
    </message>
    <message>
        <source>提醒日</source>
        <translation>Reminder</translation>
    </message>
    <message>
        <source>{day}（前一个工作日）</source>
        <translation>{day} (the working day before)</translation>
    </message>
    <message>
        <source>走访</source>
        <translation>Visits</translation>
    </message>
    <message>
        <source>开始准备</source>
        <translation>Start preparing</translation>
    </message>
    <message>
        <source>记走访结果</source>
        <translation>Record the visit</translation>
    </message>
    <message>
        <source>没有举行…</source>
        <translation>Was not held…</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>例如：台风停工；改到下个月一起走访</source>
        <translation>For example: closed for a typhoon; visited together with next month</translation>
    </message>
    <message>
        <source>走访 {made} 家，收到需求 {needs} 项。</source>
        <translation>{made} enterprises visited, {needs} needs heard.</translation>
    </message>
    <message>
        <source>已开始准备，保存在本机</source>
        <translation>In preparation, saved on this desk</translation>
    </message>
    <message>
        <source>已写明原因，保存在本机</source>
        <translation>Reason noted, saved on this desk</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message numerus="yes">
        <source>%n 件待办</source>
        <translation>
            <numerusform>%n to do</numerusform>
            <numerusform>%n to do</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContactDayRecords</name>
    <message>
        <source>{day}提醒</source>
        <translation>reminder {day}</translation>
    </message>
    <message>
        <source>走访 {made}/{visits} 家</source>
        <translation>{made} of {visits} visited</translation>
    </message>
    <message>
        <source>要办的</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>办完的</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>还没有办完的联企日</source>
        <translation>No contact day is done yet</translation>
    </message>
    <message>
        <source>每月15日联系企业：准备、举行、写结果，办完的留在这里。</source>
        <translation>Enterprises are contacted on the 15th of every month: prepared, held, results written. What is done stays here.</translation>
    </message>
    <message>
        <source>{day}提醒（暂定）</source>
        <translation>reminder {day} (provisional)</translation>
    </message>
</context>
<context>
    <name>Correcting</name>
    <message>
        <source>作废…</source>
        <translation>Void…</translation>
    </message>
    <message>
        <source>作废：{kind}</source>
        <translation>Void: {kind}</translation>
    </message>
    <message>
        <source>作废的不再算数，仍留在案卷里，写明是登记错了还是不需要了。</source>
        <translation>What is void counts no more but stays in the file. Say whether it was entered by mistake or is not needed any more.</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>撤销作废</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>{kind}已作废，已保存在本机</source>
        <translation>{kind}: void. Saved on this desk</translation>
    </message>
    <message>
        <source>已登记的地点不在这里显示；不改就留空</source>
        <translation>A place that is on record is not shown here; leave this empty to keep it</translation>
    </message>
    <message>
        <source>计入统计报表；没有填人数按一人计</source>
        <translation>Counted in the statistical reports; without a number it counts as one person</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>修改已保存在本机，尚未送达中心</source>
        <translation>Changes saved on this desk, not yet at the centre</translation>
    </message>
    <message>
        <source>修改纠纷情况</source>
        <translation>Correct the dispute</translation>
    </message>
    <message>
        <source>写进结案报告表：怎样调解、结果怎样</source>
        <translation>Goes into the closing report: how it was mediated, and how it went</translation>
    </message>
    <message>
        <source>写进卷宗情况说明：缺什么材料、为什么，谁经手移交</source>
        <translation>Goes into the note on the file: what is missing and why, who handed it over</translation>
    </message>
    <message>
        <source>遮盖的内容不在这里显示；不改就留空</source>
        <translation>What is masked is not shown here; leave empty what stays</translation>
    </message>
    <message>
        <source>改资料</source>
        <translation>Correct</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>程序遇到了一个错误</source>
        <translation>Something went wrong in the program</translation>
    </message>
    <message>
        <source>已经保存的内容没有受影响。请把下面的报告交给技术支持，里面没有居民信息。</source>
        <translation>What was saved is not affected. Please give the report below to support; it contains nothing about residents.</translation>
    </message>
    <message>
        <source>继续工作</source>
        <translation>Go on working</translation>
    </message>
    <message>
        <source>错误报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>复制报告</source>
        <translation>Copy the report</translation>
    </message>
    <message>
        <source>同样的报告也写在数据文件夹的 logs 里。</source>
        <translation>The same report is in the folder logs of the data folder.</translation>
    </message>
</context>
<context>
    <name>Danger</name>
    <message>
        <source>纠纷当事人扬言动手</source>
        <translation>A party to the dispute threatens violence</translation>
    </message>
    <message>
        <source>已保存在本机，联网后最先送给警方</source>
        <translation>Saved on this computer; goes to the police first once there is a network</translation>
    </message>
</context>
<context>
    <name>Deck</name>
    <message>
        <source>录音已加密保存在本机，尚未送达中心</source>
        <translation>Recording encrypted and saved here; not at the centre yet</translation>
    </message>
    <message>
        <source>录音已删除，原因已记下</source>
        <translation>Recording deleted; the reason is noted</translation>
    </message>
    <message>
        <source>麦克风断开了，录音已暂停。</source>
        <translation>The microphone was disconnected; recording is paused.</translation>
    </message>
    <message>
        <source>麦克风没有声音，请检查是否关着。</source>
        <translation>No sound from the microphone: check whether it is switched off.</translation>
    </message>
    <message>
        <source>这件纠纷已从本机收回，录音停止，录下的声音已从本机删除。</source>
        <translation>This dispute was taken back from this desk: the recording has stopped, and what was recorded is deleted here.</translation>
    </message>
    <message>
        <source>没有录到声音，没有保存任何录音。</source>
        <translation>No sound was heard; no recording was saved.</translation>
    </message>
    <message>
        <source>有录音已损坏，读不出来，没有保存；能读的都保存了。</source>
        <translation>A recording is damaged and cannot be read, so it was not saved; all that can be read was.</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>改类别</source>
        <translation>Change category</translation>
    </message>
    <message>
        <source>移到网格</source>
        <translation>Move to grid</translation>
    </message>
    <message>
        <source>加减标签</source>
        <translation>Add or take away tags</translation>
    </message>
    <message>
        <source>对选中的 {count} 件，每件各记一步；之后可以一起撤销。</source>
        <translation>For the {count} selected, a step is noted for each; it can be undone together afterwards.</translation>
    </message>
    <message>
        <source>{action} {count} 件</source>
        <translation>{action}: {count}</translation>
    </message>
    <message>
        <source>补充说明（可不填）</source>
        <translation>More (optional)</translation>
    </message>
    <message>
        <source>输入几个字，可选以前派过的单位。</source>
        <translation>Type a few characters to choose a unit you have dispatched to before.</translation>
    </message>
    <message>
        <source>输入几个字，可选用过的网格。</source>
        <translation>Type a few characters to choose a grid that was used before.</translation>
    </message>
    <message>
        <source>几个之间用顿号分开。</source>
        <translation>Separate several by commas.</translation>
    </message>
    <message>
        <source>加上的标签</source>
        <translation>Tags to add</translation>
    </message>
    <message>
        <source>去掉的标签</source>
        <translation>Tags to take away</translation>
    </message>
    <message>
        <source>{count} 件一起{action}。这一步您不能撤销。</source>
        <translation>{action}: {count} reports together. You cannot undo this step.</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>打不开这条记录</source>
        <translation>This record cannot be opened</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>DeviceSection</name>
    <message>
        <source>本机</source>
        <translation>This desk</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
    <message>
        <source>区划代码</source>
        <translation>Division code</translation>
    </message>
    <message>
        <source>本机编号</source>
        <translation>Number of this desk</translation>
    </message>
    <message>
        <source>记录由哪台机器写下，以此为准</source>
        <translation>Says which machine wrote a record</translation>
    </message>
    <message>
        <source>接入编号</source>
        <translation>Number at the centre</translation>
    </message>
    <message>
        <source>中心</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>数据文件夹</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <source>整个文件夹都已加密，复制走也打不开</source>
        <translation>What is in it is encrypted; a copy cannot be opened</translation>
    </message>
    <message>
        <source>还没有接入</source>
        <translation>Not joined yet</translation>
    </message>
    <message>
        <source>同步和接入</source>
        <translation>Sync and joining</translation>
    </message>
</context>
<context>
    <name>Dossier</name>
    <message>
        <source>整卷预览、打印…</source>
        <translation>Preview and print the dossier…</translation>
    </message>
    <message>
        <source>{count} 份入卷</source>
        <translation>{count} in the dossier</translation>
    </message>
    <message>
        <source>还没有打印过整卷</source>
        <translation>The whole dossier has not been printed yet</translation>
    </message>
    <message>
        <source>✓ 卷宗齐全</source>
        <translation>✓ The dossier is complete</translation>
    </message>
    <message>
        <source>等</source>
        <translation> and more</translation>
    </message>
    <message>
        <source>△ 卷宗还缺 {count} 项：{what}{more}</source>
        <translation>△ The dossier still lacks {count}: {what}{more}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>预览</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>预览 {paper}</source>
        <translation>Preview {paper}</translation>
    </message>
    <message>
        <source>{count} 个附件</source>
        <translation>{count} files</translation>
    </message>
    <message>
        <source>▲ 签署后有改动</source>
        <translation>▲ Changed since signing</translation>
    </message>
    <message>
        <source>● 已定稿</source>
        <translation>● Final</translation>
    </message>
    <message>
        <source>入卷 · 必须</source>
        <translation>In the dossier · required</translation>
    </message>
    <message>
        <source>入卷</source>
        <translation>In the dossier</translation>
    </message>
    <message>
        <source>○ 不入卷</source>
        <translation>○ Not in the dossier</translation>
    </message>
    <message>
        <source>{when} {who} {way}，共 {count} 次</source>
        <translation>{when} {who}: {way} ({count} in all)</translation>
    </message>
    <message>
        <source>全部文书</source>
        <translation>All papers</translation>
    </message>
    <message>
        <source>，之后内容有改动</source>
        <translation>; changed since</translation>
    </message>
    <message>
        <source>{count} 个附件只有登记，内容还没到中心：算作已有；请添加它的人同步一次。</source>
        <translation>{count} files are on record, their content has not reached the centre: they count as there; who added them should synchronise.</translation>
    </message>
</context>
<context>
    <name>DraftFiles</name>
    <message>
        <source>用照片的位置</source>
        <translation>Use the photo&apos;s place</translation>
    </message>
    <message>
        <source>移除 {name}</source>
        <translation>Remove {name}</translation>
    </message>
    <message>
        <source>照片和附件</source>
        <translation>Photos and files</translation>
    </message>
    <message>
        <source>添加照片或文件…</source>
        <translation>Add photos or files…</translation>
    </message>
    <message>
        <source>照片里的拍摄位置和时间不会给别人看；原件加密保存，可供核对。</source>
        <translation>Where and when a photo was taken is not shown to others; the original is kept encrypted, for proof.</translation>
    </message>
    <message>
        <source>选要添加的照片或文件</source>
        <translation>Choose photos or files to add</translation>
    </message>
</context>
<context>
    <name>DueBar</name>
    <message>
        <source>剩 {n} 个工作日</source>
        <translation>{n} working days left</translation>
    </message>
    <message>
        <source>已超 {n} 个工作日</source>
        <translation>{n} working days late</translation>
    </message>
    <message>
        <source>已超 1 个工作日</source>
        <translation>1 working day late</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>已超 {time}</source>
        <translation>{time} late</translation>
    </message>
    <message>
        <source>剩 1 个工作日</source>
        <translation>1 working day left</translation>
    </message>
    <message>
        <source>剩 {time}</source>
        <translation>{time} left</translation>
    </message>
    <message>
        <source>今天到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>{n} 分钟</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>例如 5 个工作日；不填按规则表</source>
        <translation>For example 5 working days; empty: by the table</translation>
    </message>
    <message>
        <source>为什么是这一天</source>
        <translation>Why this day</translation>
    </message>
    <message>
        <source>{day}到期</source>
        <translation>Due {day}</translation>
    </message>
    <message>
        <source>挂起，停止计时</source>
        <translation>Suspended, the clock stands still</translation>
    </message>
    <message>
        <source>时限 {limit}，从登记次日算起。</source>
        <translation>Limit {limit}, counted from the day after it was recorded.</translation>
    </message>
    <message>
        <source>按规则表的占位数字，请按本地文件核对。</source>
        <translation>A placeholder of the table: check it against your local rules.</translation>
    </message>
    <message>
        <source>含批准的延期。</source>
        <translation>With an approved extension.</translation>
    </message>
    <message>
        <source>挂起期间不计入。</source>
        <translation>Suspended days are not counted.</translation>
    </message>
    <message>
        <source>暂定：缺 {years} 年的节假日表，导入后可能改变。</source>
        <translation>Provisional: there is no calendar table for {years} yet; it may change when one is imported.</translation>
    </message>
    <message>
        <source>与中心算出的不同，同步后以中心的为准。</source>
        <translation>The centre has come to another day; after a sync the centre&apos;s counts.</translation>
    </message>
    <message>
        <source>时限 {limit}，从登记时算起。</source>
        <translation>Limit {limit}, counted from the moment it was recorded.</translation>
    </message>
</context>
<context>
    <name>EmployerDetail</name>
    <message>
        <source>核验已过期</source>
        <translation>The check has run out</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>到期后要重新核验，一般一年</source>
        <translation>To be checked again after that, usually a year</translation>
    </message>
    <message>
        <source>已提出{action}，待另一人批准</source>
        <translation>{action} proposed: another person approves</translation>
    </message>
    <message>
        <source>要两个人决定：先由一人提出，再由另一人用同一个按钮批准</source>
        <translation>Two people decide: one proposes, another one approves with the same button</translation>
    </message>
    <message>
        <source>处理已期满，可以恢复</source>
        <translation>The sanction is over: it can be lifted</translation>
    </message>
    <message>
        <source>申诉待决定</source>
        <translation>Appeal to decide</translation>
    </message>
</context>
<context>
    <name>EmployerForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>经办人</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>查验的材料</source>
        <translation>Papers seen</translation>
    </message>
    <message>
        <source>与营业执照或身份证一致</source>
        <translation>As on the licence or identity card</translation>
    </message>
    <message>
        <source>18 位，输入完会马上校验</source>
        <translation>18 characters, checked as soon as they are complete</translation>
    </message>
    <message>
        <source>个人请人帮忙（如家政）时登记，只用于核验</source>
        <translation>For individuals who want help (a household, say); used for the check only</translation>
    </message>
    <message>
        <source>社区名、拼音或代码</source>
        <translation>Name, pinyin or code of a community</translation>
    </message>
</context>
<context>
    <name>EmployerPapers</name>
    <message>
        <source>经办人身份证</source>
        <translation>Handler&apos;s identity card</translation>
    </message>
    <message>
        <source>本人身份证</source>
        <translation>Own identity card</translation>
    </message>
    <message>
        <source>营业执照</source>
        <translation>Business licence</translation>
    </message>
    <message>
        <source>✓ 有扫描件</source>
        <translation>✓ scan here</translation>
    </message>
    <message>
        <source>✗ 缺扫描件</source>
        <translation>✗ scan missing</translation>
    </message>
    <message>
        <source>✓ 看过原件</source>
        <translation>✓ original seen</translation>
    </message>
    <message>
        <source>✗ 没看原件</source>
        <translation>✗ original not seen</translation>
    </message>
    <message>
        <source>{seen}，{scan}</source>
        <translation>{seen}, {scan}</translation>
    </message>
    <message>
        <source>缺扫描件 {count} 份</source>
        <translation>Scans missing: {count}</translation>
    </message>
    <message>
        <source>添加{paper}…</source>
        <translation>Add {paper}…</translation>
    </message>
    <message>
        <source>✓ 您打开看过</source>
        <translation>✓ You have opened it</translation>
    </message>
    <message>
        <source>○ 您还没打开看</source>
        <translation>○ You have not opened it</translation>
    </message>
</context>
<context>
    <name>EmployerRecords</name>
    <message>
        <source>登记单位</source>
        <translation>New employer</translation>
    </message>
    <message>
        <source>登记用工单位</source>
        <translation>New employer</translation>
    </message>
    <message>
        <source>单位已登记，等另一位同事核验。已保存在本机。</source>
        <translation>Employer recorded; a colleague has to check it. Saved on this desk.</translation>
    </message>
    <message>
        <source>有效至 {day}</source>
        <translation>Valid until {day}</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>待核验</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>In order</translation>
    </message>
    <message>
        <source>暂停和黑名单</source>
        <translation>Suspended and blacklisted</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>还没有用工单位</source>
        <translation>No employers yet</translation>
    </message>
    <message>
        <source>企业、商户，或请人帮忙的居民，登记并核验后才能招工。</source>
        <translation>Companies, traders, or residents who want help: recorded and checked before they can recruit.</translation>
    </message>
    <message>
        <source>这个筛选下没有单位</source>
        <translation>No employer fits this filter</translation>
    </message>
    <message>
        <source>搜名称、拼音首字母、信用代码、电话尾号（/）</source>
        <translation>Name, pinyin initials, credit code, end of phone (/)</translation>
    </message>
</context>
<context>
    <name>EnrolCard</name>
    <message>
        <source>接入中心</source>
        <translation>Join the centre</translation>
    </message>
    <message>
        <source>中心网址</source>
        <translation>Address of the centre</translation>
    </message>
    <message>
        <source>一次性接入码</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>由中心的管理员给您，用过即失效。</source>
        <translation>From the centre&apos;s administrator; it works once.</translation>
    </message>
    <message>
        <source>还没有接入中心</source>
        <translation>Not joined to a centre yet</translation>
    </message>
    <message>
        <source>不接入也能一直用，所有内容都在本机。接入以后：</source>
        <translation>You can go on without it, with everything on this desk. Once joined:</translation>
    </message>
    <message>
        <source>在这里登记的内容自动送到中心，同事的桌面上也有同样的记录；</source>
        <translation>what is recorded here reaches the centre by itself, and your colleagues&apos; desks have the same records;</translation>
    </message>
    <message>
        <source>两个人改了同一项，会请人来决定，谁写的都不会丢；</source>
        <translation>when two people change the same field, a person decides, and nothing is lost;</translation>
    </message>
    <message>
        <source>传输加密，只收发本社区的内容。</source>
        <translation>everything is encrypted on the way, and only this community&apos;s records are exchanged.</translation>
    </message>
    <message>
        <source>需要系统管理员来接入。</source>
        <translation>An administrator has to do this.</translation>
    </message>
    <message>
        <source>已接入中心，正在第一次同步。</source>
        <translation>Joined; the first sync is under way.</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>本机的改动都已送达中心。</source>
        <translation>Every change has reached the centre. </translation>
    </message>
    <message numerus="yes">
        <source>%n 项改动已保存在本机，尚未送达中心。</source>
        <translation>
            <numerusform>%n change is saved here and has not reached the centre yet. </numerusform>
            <numerusform>%n changes are saved here and have not reached the centre yet. </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>导出为 Excel</source>
        <translation>Export to Excel</translation>
    </message>
    <message>
        <source>选择位置…</source>
        <translation>Choose a place…</translation>
    </message>
    <message>
        <source>姓名、电话和文字里的号码都已遮盖。导出记入审计。</source>
        <translation>Names, phones and numbers in texts are masked. The export goes into the audit.</translation>
    </message>
    <message>
        <source>写出完整的姓名和电话（要写明理由）</source>
        <translation>Write names and phones in full (takes a reason)</translation>
    </message>
    <message>
        <source>理由（必填，记入审计，最多 100 字）</source>
        <translation>Reason (required, kept in the audit, 100 characters at most)</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>要求保密的反映人仍不写出。文件里有个人信息，请妥善保管。</source>
        <translation>Reporters who asked for secrecy stay hidden. The file holds personal data: keep it safe.</translation>
    </message>
    <message>
        <source>您的账号不能导出</source>
        <translation>Your account may not export</translation>
    </message>
    <message>
        <source>选中的 {count} 件</source>
        <translation>{count} selected</translation>
    </message>
    <message>
        <source>停下了，没有导出</source>
        <translation>Stopped: nothing was exported</translation>
    </message>
    <message>
        <source>已导出 {count} 件：{name}</source>
        <translation>{count} exported: {name}</translation>
    </message>
    <message>
        <source>正在导出</source>
        <translation>Exporting</translation>
    </message>
    <message>
        <source>登记时间</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>期限状态</source>
        <translation>Standing</translation>
    </message>
    <message>
        <source>剩余工作日（负数为超期）</source>
        <translation>Working days left (negative: over)</translation>
    </message>
    <message>
        <source>已遮盖</source>
        <translation>Masked</translation>
    </message>
    <message>
        <source>完整，理由：{reason}</source>
        <translation>In full, because: {reason}</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>Contents</translation>
    </message>
    <message>
        <source>导出时间</source>
        <translation>Exported at</translation>
    </message>
    <message>
        <source>导出人</source>
        <translation>Exported by</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>个人信息</source>
        <translation>Personal data</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>About</translation>
    </message>
</context>
<context>
    <name>FileTicks</name>
    <message>
        <source>{place}. {what} {name}</source>
        <translation>{place}. {what} {name}</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>欢迎使用 zzdesk</source>
        <translation>Welcome to zzdesk</translation>
    </message>
    <message>
        <source>社区治理工作站：事件、零工、调解，断网照常办公。</source>
        <translation>Reports, odd jobs and mediation for a neighbourhood office, with or without a network.</translation>
    </message>
    <message>
        <source>这里是哪个社区？</source>
        <translation>Which community is this?</translation>
    </message>
    <message>
        <source>输入名称、拼音、首字母或代码。</source>
        <translation>Type its name, pinyin, initials or code.</translation>
    </message>
    <message>
        <source>第一位管理员</source>
        <translation>The first administrator</translation>
    </message>
    <message>
        <source>由您来管理这个工作站，以后可以再添加同事。</source>
        <translation>You will manage this desk; colleagues can be added later.</translation>
    </message>
    <message>
        <source>保管好恢复密钥</source>
        <translation>Keep the recovery key</translation>
    </message>
    <message>
        <source>忘记密码时，只有它能打开这里的数据。它只显示这一次。</source>
        <translation>If the password is forgotten, nothing else opens the data. It is shown only now.</translation>
    </message>
    <message>
        <source>接入中心</source>
        <translation>Join the centre</translation>
    </message>
    <message>
        <source>有了网址和一次性接入码，就能和中心交换。也可以以后再说。</source>
        <translation>With an address and a one-time code this desk can exchange with the centre. It can wait, too.</translation>
    </message>
    <message>
        <source>第 {step} 步，共 {all} 步</source>
        <translation>Step {step} of {all}</translation>
    </message>
    <message>
        <source>建立工作站</source>
        <translation>Set up a desk</translation>
    </message>
    <message>
        <source>选择社区，设管理员，大约一分钟。</source>
        <translation>Choose the community and an administrator; it takes a minute.</translation>
    </message>
    <message>
        <source>先看看演示</source>
        <translation>Try the demo</translation>
    </message>
    <message>
        <source>用虚构的人和事走一遍，不影响任何真实数据。</source>
        <translation>Made-up people and matters; no real data is touched.</translation>
    </message>
    <message>
        <source>数据加密保存在本机，没有网络也能工作。</source>
        <translation>Data is kept encrypted on this machine; it works without a network.</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>例如 西桥、xiqiao、xqsq、350602002004</source>
        <translation>For example xiqiao, xqsq, 350602002004</translation>
    </message>
    <message>
        <source>社区或村</source>
        <translation>Community or village</translation>
    </message>
    <message>
        <source>漳州市 11 个县区、2,135 个社区和村都在名单里。</source>
        <translation>All 2,135 communities and villages of Zhangzhou&apos;s 11 districts are in the list.</translation>
    </message>
    <message>
        <source>建立</source>
        <translation>Set up</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>登录时用，例如姓名拼音</source>
        <translation>For logging in, such as your name in pinyin</translation>
    </message>
    <message>
        <source>接入并开始</source>
        <translation>Join and start</translation>
    </message>
    <message>
        <source>以后再说，直接开始</source>
        <translation>Later, start now</translation>
    </message>
    <message>
        <source>中心网址</source>
        <translation>Address of the centre</translation>
    </message>
    <message>
        <source>一次性接入码</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>由中心的管理员给您，用过即失效。</source>
        <translation>From the centre&apos;s administrator; it works once.</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>添加：{kind}</source>
        <translation>Add: {kind}</translation>
    </message>
    <message>
        <source>{count} 项</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>都齐了，可以结案归档</source>
        <translation>Nothing is missing: it can be closed and archived</translation>
    </message>
    <message>
        <source>卷宗还缺什么</source>
        <translation>What the file still lacks</translation>
    </message>
    <message>
        <source>▲ 已过 {day}</source>
        <translation>▲ Over since {day}</translation>
    </message>
    <message>
        <source>✓ 各方同意</source>
        <translation>✓ All parties agree</translation>
    </message>
    <message>
        <source>◔ 还没全部同意，不能参加</source>
        <translation>◔ Not all agree yet: may not take part</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{day} 前最稳妥；顺延后的日子由法院认定</source>
        <translation>Safest by {day}; whether the later day counts is the court&apos;s to say</translation>
    </message>
    <message>
        <source>提示</source>
        <translation>Advice</translation>
    </message>
    <message>
        <source>应决定是否受理</source>
        <translation>Takes it up by</translation>
    </message>
    <message>
        <source>{day}（法释〔2011〕5号：3日）</source>
        <translation>{day} (Fa Shi [2011] No. 5: 3 days)</translation>
    </message>
    <message>
        <source>应作出决定</source>
        <translation>Decides by</translation>
    </message>
    <message>
        <source>{day}（法释〔2011〕5号：15日，可延长10日）</source>
        <translation>{day} (Fa Shi [2011] No. 5: 15 days, 10 more)</translation>
    </message>
    <message>
        <source>或者应审结</source>
        <translation>Or ends by</translation>
    </message>
    <message>
        <source>{day}（民事诉讼法第一百八十七条：30日）</source>
        <translation>{day} (Civil Procedure Law, article 187: 30 days)</translation>
    </message>
</context>
<context>
    <name>FollowForm</name>
    <message>
        <source>{name}（元）</source>
        <translation>{name} (yuan)</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>添加：{kind}</source>
        <translation>Add: {kind}</translation>
    </message>
    <message>
        <source>{kind}已保存在本机</source>
        <translation>{kind} saved on this machine</translation>
    </message>
    <message>
        <source>{step}，已保存在本机</source>
        <translation>{step}: saved on this machine</translation>
    </message>
    <message>
        <source>记下各方意见</source>
        <translation>Who agrees</translation>
    </message>
    <message>
        <source>接着写</source>
        <translation>Go on writing</translation>
    </message>
    <message>
        <source>代理人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>保存代理人</source>
        <translation>Save the agent</translation>
    </message>
    <message>
        <source>代理人已保存在本机</source>
        <translation>Agent saved on this machine</translation>
    </message>
</context>
<context>
    <name>ForgottenBanner</name>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>按计划结束时间签退</source>
        <translation>Check out at the planned end</translation>
    </message>
    <message>
        <source>任务已经结束，还有 {n} 人没有签退：{names}。</source>
        <translation>The task is over and {n} have not checked out: {names}.</translation>
    </message>
    <message>
        <source>{names}忘记签退，已按计划结束时间计，请核对。</source>
        <translation>{names} forgot to check out; counted to the planned end, please check.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>草稿已保存在本机</source>
        <translation>Draft saved on this desk</translation>
    </message>
    <message>
        <source>已恢复上次没有完成的内容。</source>
        <translation>What you had not finished is back.</translation>
    </message>
    <message>
        <source>请填写{field}</source>
        <translation>Please fill in: {field}</translation>
    </message>
</context>
<context>
    <name>FormPane</name>
    <message>
        <source>关闭，内容留作草稿（Esc）</source>
        <translation>Close; what is written stays as a draft (Esc)</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>中文</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <source>深浅色</source>
        <translation>Light or dark</translation>
    </message>
</context>
<context>
    <name>GivebackDetail</name>
    <message>
        <source>看被冲销的那一行</source>
        <translation>See the line that it takes back</translation>
    </message>
    <message>
        <source>看更正前的那一行</source>
        <translation>See the line before the correction</translation>
    </message>
    <message>
        <source>已冲销</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>冲销</source>
        <translation>Takes back</translation>
    </message>
    <message>
        <source>更正后</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>更正…</source>
        <translation>Correct…</translation>
    </message>
    <message>
        <source>只冲销，不另记一行</source>
        <translation>Only take it back, write no other line</translation>
    </message>
    <message>
        <source>原来那行留着，另记一行相反的数；换了种类的，先只冲销，再另外登记</source>
        <translation>The line stays, one with the opposite amount is added; where the kind was wrong, only take it back and enter it anew</translation>
    </message>
    <message>
        <source>已更正，原来那行留着，保存在本机</source>
        <translation>Corrected, the line itself stays; saved on this desk</translation>
    </message>
</context>
<context>
    <name>GivebackForm</name>
    <message>
        <source>金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>单位名称、拼音或信用代码</source>
        <translation>Name, pinyin or credit code</translation>
    </message>
    <message>
        <source>没有的单位先到“用工单位”登记</source>
        <translation>Who is not there yet is recorded under &quot;Employers&quot; first</translation>
    </message>
    <message>
        <source>例如：大米、助学款、会议室</source>
        <translation>For example: rice, money for school fees, a meeting room</translation>
    </message>
</context>
<context>
    <name>GivebackRecords</name>
    <message>
        <source>记入台账</source>
        <translation>Enter into the ledger</translation>
    </message>
    <message>
        <source>登记企业反哺</source>
        <translation>Enter what an enterprise gave</translation>
    </message>
    <message>
        <source>已记入反哺台账，保存在本机。凭证可以在下面添加附件。</source>
        <translation>Entered into the give-back ledger, saved on this desk. Add the proof as an attachment below.</translation>
    </message>
    <message>
        <source>冲销</source>
        <translation>Takes back</translation>
    </message>
    <message>
        <source>已冲销</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>收据 {number}</source>
        <translation>receipt {number}</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>资金</source>
        <translation>Money</translation>
    </message>
    <message>
        <source>物资</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>台账还是空的</source>
        <translation>The ledger is empty</translation>
    </message>
    <message>
        <source>企业给社区的物资、资金、场地、志愿服务、岗位，收到一笔记一笔，附上凭证。</source>
        <translation>Goods, money, premises, voluntary work and jobs that enterprises give to the community: entered as they come, with their proof.</translation>
    </message>
    <message>
        <source>登记反哺</source>
        <translation>Enter a gift</translation>
    </message>
    <message>
        <source>这个筛选下没有</source>
        <translation>Nothing under this filter</translation>
    </message>
    <message>
        <source>搜单位、拼音首字母、给了什么、收据号（/）</source>
        <translation>Search enterprise, pinyin initials, what was given, receipt (/)</translation>
    </message>
    <message>
        <source>按单位合计…</source>
        <translation>Sums by enterprise…</translation>
    </message>
    <message>
        <source>看全部</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>{count} 行</source>
        <translation>{count} lines</translation>
    </message>
    <message>
        <source>全部单位</source>
        <translation>All enterprises</translation>
    </message>
</context>
<context>
    <name>GivebackSums</name>
    <message>
        <source>反哺合计</source>
        <translation>Sums of what was given back</translation>
    </message>
    <message>
        <source>看这几笔</source>
        <translation>See these lines</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>按单位和种类合计；按回车打开那几笔</source>
        <translation>Sums by enterprise and kind; Enter opens the lines</translation>
    </message>
    <message>
        <source>本月</source>
        <translation>This month</translation>
    </message>
    <message>
        <source>本季度</source>
        <translation>This quarter</translation>
    </message>
    <message>
        <source>今年</source>
        <translation>This year</translation>
    </message>
    <message>
        <source>这段日子没有反哺</source>
        <translation>Nothing was given in this period</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Enterprise</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Sum</translation>
    </message>
    <message>
        <source>行数</source>
        <translation>Lines</translation>
    </message>
    <message>
        <source>全部单位</source>
        <translation>All enterprises</translation>
    </message>
    <message>
        <source>{much}（{n}行）</source>
        <translation>{much} ({n} lines)</translation>
    </message>
    <message>
        <source>冲销的已经减去；这段日子过完以后才更正的，另写在“其后更正”。选一行按回车，看它是哪几笔。</source>
        <translation>What was taken back is subtracted; what was corrected only after the period stands under &quot;Corrected later&quot;, too. Choose a row and press Enter to see its lines.</translation>
    </message>
    <message>
        <source>其后更正</source>
        <translation>Corrected later</translation>
    </message>
</context>
<context>
    <name>Guests</name>
    <message>
        <source>邀请他人参加调解</source>
        <translation>Invite somebody to take part</translation>
    </message>
    <message>
        <source>已登记；各方当事人都同意的，已勾选在场</source>
        <translation>Registered; whom every party agrees to is ticked as present</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>各方是否同意{name}参加</source>
        <translation>Do the parties agree that {name} takes part?</translation>
    </message>
    <message>
        <source>已记下，已保存在本机</source>
        <translation>Noted and saved on this desk</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
</context>
<context>
    <name>Handed</name>
    <message>
        <source>办结前要写公开答复，中心才会回告对方。</source>
        <translation>Write a public answer before this is closed; only then does the centre tell them.</translation>
    </message>
    <message>
        <source>对方已办结：请核对结果，再按本站的流程反馈居民、请居民评价。</source>
        <translation>They have finished: check the outcome, then tell the resident and ask what they think, as always.</translation>
    </message>
    <message>
        <source>对方退回了：请看理由，改派或收回办理。</source>
        <translation>They sent it back: see why, and send it elsewhere or take it back.</translation>
    </message>
    <message>
        <source>转给 {partner}</source>
        <translation>To {partner}</translation>
    </message>
    <message>
        <source>来自 {partner}</source>
        <translation>From {partner}</translation>
    </message>
    <message>
        <source>对方给 {days} 个工作日</source>
        <translation>they gave {days} working days</translation>
    </message>
    <message>
        <source>交出：{fields}</source>
        <translation>Handed over: {fields}</translation>
    </message>
    <message>
        <source>{when} {who} 打过电话，接警 {taker}</source>
        <translation>{when}: {who} called, taken by {taker}</translation>
    </message>
    <message>
        <source>▲ 对方退回</source>
        <translation>▲ Sent back</translation>
    </message>
    <message>
        <source>● 对方已办结</source>
        <translation>● Finished there</translation>
    </message>
    <message>
        <source>中心没有送出这一件：请打电话告诉对方，再记“送达”；接通后没有记过送达的会自动送。</source>
        <translation>The centre has not sent this order: call the partner, then note the delivery. What was not noted goes by itself once there is a line.</translation>
    </message>
    <message>
        <source>已告诉居民</source>
        <translation>Resident told</translation>
    </message>
    <message>
        <source>收回办理</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>▲ 转办件没送出</source>
        <translation>▲ Hand-over not sent</translation>
    </message>
    <message>
        <source>这件事件又有 {count} 个附件还没有交给对方：要交就按“补交文件”。</source>
        <translation>This report has {count} more files that have not gone to the other side: to hand them over, press &quot;Send more files&quot;.</translation>
    </message>
    <message>
        <source>有附件对方没有收到：请看原因，用别的办法送去，或打电话告诉对方。</source>
        <translation>The other side has not got some files: see why, bring them there another way, or tell them by telephone.</translation>
    </message>
    <message>
        <source>附件 {total} 个：送到 {sent} 个</source>
        <translation>{total} files: {sent} arrived</translation>
    </message>
    <message>
        <source>{count} 个{why}</source>
        <translation>{count}: {why}</translation>
    </message>
    <message>
        <source>{count} 个等内容传到中心</source>
        <translation>{count} waiting until their content is at the centre</translation>
    </message>
</context>
<context>
    <name>Handover</name>
    <message>
        <source>转办</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>转办给别的平台</source>
        <translation>Hand over to another platform</translation>
    </message>
    <message>
        <source>先保存在本机，同步后由中心发出；对方的回执和办理情况会回到这件事件上。</source>
        <translation>It is saved here first; the centre sends it after the next exchange. Receipt and progress come back to this report.</translation>
    </message>
    <message>
        <source>本站不再办理（事件改为“已转出”）</source>
        <translation>This office ends its part (the report becomes &quot;Referred&quot;)</translation>
    </message>
    <message>
        <source>110 要先打电话：下一步记下谁打的、谁接的警。</source>
        <translation>110 takes a call first: the next step asks who called and who took it.</translation>
    </message>
    <message>
        <source>交出的内容</source>
        <translation>What is handed over</translation>
    </message>
    <message>
        <source>共 {count} 项</source>
        <translation>{count} in all</translation>
    </message>
    <message>
        <source>已打过电话，保存并转 110</source>
        <translation>I have called: save and hand over to 110</translation>
    </message>
    <message>
        <source>先拨110</source>
        <translation>Call 110 first</translation>
    </message>
    <message>
        <source>有危险先打电话报警，再填下面的内容。没有网络也能存；一有网络，它走在最前面。</source>
        <translation>Where there is danger, call the police first, then fill this in. It is saved without a network and goes out before everything else.</translation>
    </message>
    <message>
        <source>不打电话，110 收不到任何东西：系统不会替您报警。</source>
        <translation>Without a call 110 gets nothing: the program does not call the police for you.</translation>
    </message>
    <message>
        <source>接电话的民警姓名或警号。</source>
        <translation>Name or badge number of the officer who took the call.</translation>
    </message>
    <message>
        <source>怎么答复的：出警、让等候、转别处。</source>
        <translation>What they said: on the way, wait, somebody else.</translation>
    </message>
    <message>
        <source>对方怎么说的（可不填）</source>
        <translation>What they said (may be left empty)</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>超职责诉求：不属于本单位职责</source>
        <translation>Outside our duty</translation>
    </message>
    <message>
        <source>申请类型（超职责时必填）</source>
        <translation>Type of application (needed when outside our duty)</translation>
    </message>
    <message>
        <source>例如：超出行政范围类</source>
        <translation>For example: beyond our remit</translation>
    </message>
    <message>
        <source>对方会公开这段话，不要写姓名、电话和住址。</source>
        <translation>They publish this: no names, numbers or addresses.</translation>
    </message>
    <message>
        <source>收件部门的名称未核实，请按本地的对接文件填写。</source>
        <translation>The name of the recipient is not verified: take it from your local agreement.</translation>
    </message>
    <message>
        <source>怎么告诉居民的，或怎么接着办（可不填）</source>
        <translation>How the resident was told, or how it goes on (optional)</translation>
    </message>
    <message>
        <source>另有 {count} 个不交（证件、录音、证据等）</source>
        <translation>{count} more stay here (identity papers, recordings, evidence and the like)</translation>
    </message>
    <message>
        <source>照片和文件</source>
        <translation>Photos and files</translation>
    </message>
    <message>
        <source>{count} 个可以交（照片只交去掉位置和设备信息的副本）</source>
        <translation>{count} can go (of a photo only the copy without place and camera)</translation>
    </message>
    <message>
        <source>勾选的才交。证件照片、写着别人信息的文件不要勾。</source>
        <translation>Only what is ticked goes. Do not tick photos of papers of identity, or files that say something about other people.</translation>
    </message>
    <message>
        <source>补交哪些</source>
        <translation>Which files follow</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>第一步</source>
        <translation>First steps</translation>
    </message>
    <message>
        <source>登记和办理事件</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>零工</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>调解</source>
        <translation>Mediation</translation>
    </message>
    <message>
        <source>备份和恢复密钥</source>
        <translation>Backup and recovery key</translation>
    </message>
    <message>
        <source>个人信息</source>
        <translation>Personal information</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>冲突</source>
        <translation>Conflicts</translation>
    </message>
    <message>
        <source>用 U 盘交换</source>
        <translation>By USB stick</translation>
    </message>
    <message>
        <source>群防任务和志愿者</source>
        <translation>Patrols and volunteers</translation>
    </message>
    <message>
        <source>期限和节假日</source>
        <translation>Deadlines and holidays</translation>
    </message>
    <message>
        <source>地图和网格</source>
        <translation>Map and grids</translation>
    </message>
    <message>
        <source>清单和筛选</source>
        <translation>Lists and filters</translation>
    </message>
    <message>
        <source>与其他系统对接</source>
        <translation>Interfaces to other systems</translation>
    </message>
    <message>
        <source>自助机</source>
        <translation>Kiosk</translation>
    </message>
</context>
<context>
    <name>HelpViewer</name>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>帮助目录</source>
        <translation>Help pages</translation>
    </message>
    <message>
        <source>帮助内容</source>
        <translation>Help text</translation>
    </message>
</context>
<context>
    <name>ImportGrids</name>
    <message>
        <source>文件是 WGS-84（国际通用，GPS）…</source>
        <translation>The file is WGS-84 (international, GPS)…</translation>
    </message>
    <message>
        <source>文件是 GCJ-02（国内地图软件）…</source>
        <translation>The file is GCJ-02 (Chinese map programs)…</translation>
    </message>
    <message>
        <source>不清楚坐标系…</source>
        <translation>The datum is not known…</translation>
    </message>
    <message>
        <source>去掉导入的网格</source>
        <translation>Remove the imported grids</translation>
    </message>
    <message>
        <source>导入网格</source>
        <translation>Import grids</translation>
    </message>
    <message>
        <source>GeoJSON 文件：每个要素是一个网格，有编码和名称</source>
        <translation>A GeoJSON file: each feature is one grid, with a code and a name</translation>
    </message>
    <message>
        <source>选网格文件</source>
        <translation>Choose the file of grids</translation>
    </message>
    <message>
        <source>网格已导入，旧的已替换</source>
        <translation>Grids imported; the old ones are replaced</translation>
    </message>
</context>
<context>
    <name>IntakePane</name>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>没有登记完的，一份一份都在（Ctrl+D）</source>
        <translation>Everything unfinished is here, one by one (Ctrl+D)</translation>
    </message>
    <message>
        <source>另开一张</source>
        <translation>Another form</translation>
    </message>
    <message>
        <source>这一张留作草稿，另开一张空白（Ctrl+Shift+N）</source>
        <translation>Keep this one as a draft and open an empty one (Ctrl+Shift+N)</translation>
    </message>
    <message>
        <source>（还没有写事项）</source>
        <translation>(no matter written yet)</translation>
    </message>
    <message>
        <source>没有草稿</source>
        <translation>No drafts</translation>
    </message>
    <message>
        <source>丢弃这一份</source>
        <translation>Throw this one away</translation>
    </message>
</context>
<context>
    <name>JobReports</name>
    <message>
        <source>统计不出这个月</source>
        <translation>This month cannot be counted</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>这个月还没有服务</source>
        <translation>No services in this month</translation>
    </message>
    <message>
        <source>登记、报名、派工都会自己记进来：谁、怎么办的、结果怎样。</source>
        <translation>Registrations, applications and work enter by themselves: who, how it went, what came of it.</translation>
    </message>
    <message>
        <source>读不出服务台账</source>
        <translation>The service ledger cannot be read</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>服务</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>服务对象</source>
        <translation>Object</translation>
    </message>
    <message>
        <source>服务过程</source>
        <translation>Process</translation>
    </message>
    <message>
        <source>服务结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>应付工资</source>
        <translation>Wages due</translation>
    </message>
    <message>
        <source>导出服务台账</source>
        <translation>Export the service ledger</translation>
    </message>
    <message>
        <source>已导出 {count} 行：{name}</source>
        <translation>{count} lines exported: {name}</translation>
    </message>
    <message>
        <source>月报</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>服务台账</source>
        <translation>Service ledger</translation>
    </message>
    <message>
        <source>月报，还是服务台账</source>
        <translation>The month, or the service ledger</translation>
    </message>
    <message>
        <source>本月的服务；按回车打开记录</source>
        <translation>The month&apos;s services; Enter opens the record</translation>
    </message>
    <message>
        <source>上个月</source>
        <translation>Previous month</translation>
    </message>
    <message>
        <source>下个月</source>
        <translation>Next month</translation>
    </message>
    <message>
        <source>月结…</source>
        <translation>Close month…</translation>
    </message>
    <message>
        <source>导出台账…</source>
        <translation>Export ledger…</translation>
    </message>
    <message>
        <source>导出月报…</source>
        <translation>Export month…</translation>
    </message>
    <message>
        <source>打印台账…</source>
        <translation>Print ledger…</translation>
    </message>
    <message>
        <source>打印月报…</source>
        <translation>Print month…</translation>
    </message>
</context>
<context>
    <name>JobRows</name>
    <message>
        <source>补报：{kind}</source>
        <translation>Late: {kind}</translation>
    </message>
    <message>
        <source>减去：{kind}</source>
        <translation>Taken off: {kind}</translation>
    </message>
    <message>
        <source>更正：{kind}</source>
        <translation>Corrected: {kind}</translation>
    </message>
</context>
<context>
    <name>JobsCard</name>
    <message>
        <source>{count} 项</source>
        <translation>{count} items</translation>
    </message>
    <message>
        <source>用工提醒</source>
        <translation>Employers to look at</translation>
    </message>
    <message>
        <source>核验快到期</source>
        <translation>Check ends soon</translation>
    </message>
    <message>
        <source>核验已过期</source>
        <translation>Check has ended</translation>
    </message>
    <message>
        <source>处理期满</source>
        <translation>Sanction is over</translation>
    </message>
    <message>
        <source>申诉待决定</source>
        <translation>Appeal to decide</translation>
    </message>
    <message>
        <source>投诉待处理</source>
        <translation>Complaint to handle</translation>
    </message>
</context>
<context>
    <name>JobsPage</name>
    <message>
        <source>零工</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>单位招人、居民找活，先核验再介绍，全程不收费</source>
        <translation>Employers look for people, residents for work: checked first, then introduced, free of charge</translation>
    </message>
    <message>
        <source>招工</source>
        <translation>Postings</translation>
    </message>
    <message>
        <source>用工单位</source>
        <translation>Employers</translation>
    </message>
    <message>
        <source>零工人员</source>
        <translation>Workers</translation>
    </message>
    <message>
        <source>登记用工信息</source>
        <translation>New job posting</translation>
    </message>
    <message>
        <source>登记单位</source>
        <translation>New employer</translation>
    </message>
    <message>
        <source>登记零工</source>
        <translation>New worker</translation>
    </message>
    <message>
        <source>当天派工</source>
        <translation>Today&apos;s orders</translation>
    </message>
    <message>
        <source>排队</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>自助机求助</source>
        <translation>Kiosk calls</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>Complaints</translation>
    </message>
    <message>
        <source>联企</source>
        <translation>Enterprises</translation>
    </message>
    <message>
        <source>联企日</source>
        <translation>Contact days</translation>
    </message>
    <message>
        <source>走访</source>
        <translation>Visits</translation>
    </message>
    <message>
        <source>企业需求</source>
        <translation>Needs</translation>
    </message>
    <message>
        <source>反哺台账</source>
        <translation>Give-back ledger</translation>
    </message>
    <message>
        <source>联企日、走访、企业需求、反哺台账</source>
        <translation>Contact days, visits, needs, give-back ledger</translation>
    </message>
    <message>
        <source>安排走访</source>
        <translation>Plan a visit</translation>
    </message>
    <message>
        <source>登记需求</source>
        <translation>Record a need</translation>
    </message>
    <message>
        <source>登记反哺</source>
        <translation>Enter a gift</translation>
    </message>
    <message>
        <source>工资台账</source>
        <translation>Wage ledger</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Statistics</translation>
    </message>
    <message>
        <source>当天派工、排队、自助机求助、招工、用工单位、零工人员、工资台账、投诉、联企、报表</source>
        <translation>Today&apos;s orders, queue, calls from the kiosk, postings, employers, workers, wage ledger, complaints, enterprises, statistics</translation>
    </message>
</context>
<context>
    <name>KeyringLines</name>
    <message>
        <source>允许本机的账号免密码登录</source>
        <translation>Let accounts of this desk log in without a password</translation>
    </message>
    <message>
        <source>锁屏后也可以免密码</source>
        <translation>The locked screen opens without a password too</translation>
    </message>
    <message>
        <source>我的账号用系统密钥库登录</source>
        <translation>My account logs in by the system keyring</translation>
    </message>
    <message>
        <source>免密码登录</source>
        <translation>Logging in without a password</translation>
    </message>
    <message>
        <source>钥匙放进这台电脑的系统密钥库。谁能打开这台电脑的系统账号，谁就能以所选账号进入；几个人共用一个系统账号的电脑请不要开。需要系统管理员。</source>
        <translation>The key goes into the keyring of this computer. Whoever can open this computer&apos;s own account can then enter as the chosen account; leave it off where several people share one computer account. Needs an administrator.</translation>
    </message>
    <message>
        <source>不选：离开后锁屏，回来仍要输密码，更安全。</source>
        <translation>Off: a screen that locked itself still asks for the password, which is safer.</translation>
    </message>
    <message>
        <source>要先输一次密码，证明是本人。密码登录一直可用，登录同样记入审计。</source>
        <translation>Asks for your password once, to prove that it is you. The password goes on working; each log-in is written into the audit as before.</translation>
    </message>
    <message>
        <source>下次登录可以不输密码</source>
        <translation>Next time you can log in without the password</translation>
    </message>
    <message>
        <source>以后谁能打开这台电脑的系统账号，谁就能以您的名义进入。请输入您的密码确认。</source>
        <translation>From now on whoever can open this computer&apos;s own account can enter in your name. Enter your password to confirm.</translation>
    </message>
    <message>
        <source>确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>不开</source>
        <translation>Leave it off</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>正在启动，请稍等</source>
        <translation>Starting, please wait</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>这台机器暂时不能用，请到柜台找工作人员</source>
        <translation>This machine cannot be used now, please go to the counter</translation>
    </message>
    <message>
        <source>已经报的名都保存好了。工作人员：请看帮助页“自助机”。</source>
        <translation>All applications are saved. Staff: see the help page &quot;Kiosk&quot;.</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>没带卡</source>
        <translation>I have no card with me</translation>
    </message>
    <message>
        <source>用手机号和身份证的后四位</source>
        <translation>By the last four of phone and identity number</translation>
    </message>
    <message>
        <source>第一次来</source>
        <translation>I am new here</translation>
    </message>
    <message>
        <source>还没有零工卡</source>
        <translation>No worker&apos;s card yet</translation>
    </message>
    <message>
        <source>找零工，请把零工卡放到扫码口</source>
        <translation>For odd jobs, hold your card to the reader</translation>
    </message>
    <message>
        <source>这不是零工卡。请换一张，或者叫工作人员帮您。</source>
        <translation>This is not a worker&apos;s card. Try another one, or call the staff.</translation>
    </message>
    <message>
        <source>请输手机号的后四位</source>
        <translation>Type the last four of your phone</translation>
    </message>
    <message>
        <source>请输身份证号的后四位</source>
        <translation>Type the last four of your identity number</translation>
    </message>
    <message>
        <source>零工卡已经读到了</source>
        <translation>Your card was read</translation>
    </message>
    <message>
        <source>登记时留的那个号码</source>
        <translation>The number you gave when you registered</translation>
    </message>
    <message>
        <source>最后一位可能是 X</source>
        <translation>The last one may be X</translation>
    </message>
    <message>
        <source>叫工作人员办卡</source>
        <translation>Call the staff for a card</translation>
    </message>
    <message>
        <source>请带身份证，两分钟办好</source>
        <translation>Bring your identity card; it takes two minutes</translation>
    </message>
    <message>
        <source>先看看年龄够不够</source>
        <translation>See first whether you are old enough</translation>
    </message>
    <message>
        <source>满十六周岁才能办，号码不保存</source>
        <translation>From the age of sixteen; the number is not kept</translation>
    </message>
    <message>
        <source>第一次来，请到柜台办一张零工卡</source>
        <translation>New here? Please get a worker&apos;s card at the counter</translation>
    </message>
    <message>
        <source>办卡不要钱</source>
        <translation>The card is free</translation>
    </message>
    <message>
        <source>请输身份证号</source>
        <translation>Type your identity number</translation>
    </message>
    <message>
        <source>只看年龄，不保存</source>
        <translation>Only the age is looked at, nothing is kept</translation>
    </message>
    <message>
        <source>年龄够了。请带身份证到柜台办卡。</source>
        <translation>You are old enough. Bring your identity card to the counter for a card.</translation>
    </message>
    <message>
        <source>看下一批</source>
        <translation>See more</translation>
    </message>
    <message>
        <source>我的报名</source>
        <translation>My applications</translation>
    </message>
    <message>
        <source>已经报了 {n} 个</source>
        <translation>{n} so far</translation>
    </message>
    <message>
        <source>想做哪一个？</source>
        <translation>Which one would you like?</translation>
    </message>
    <message>
        <source>现在没有别的活了</source>
        <translation>There are no other jobs now</translation>
    </message>
    <message>
        <source>请过一会儿再来看，或者问问工作人员。</source>
        <translation>Look again later, or ask the staff.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>Work</translation>
    </message>
    <message>
        <source>要求</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>用工方</source>
        <translation>Employer</translation>
    </message>
    <message>
        <source>没有买保险</source>
        <translation>No insurance</translation>
    </message>
    <message>
        <source>报名</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>要取消，请叫工作人员。</source>
        <translation>To cancel, please call the staff.</translation>
    </message>
    <message>
        <source>打印小票</source>
        <translation>Print a slip</translation>
    </message>
    <message>
        <source>看别的活</source>
        <translation>Other jobs</translation>
    </message>
    <message>
        <source>好了，结束</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>这里没有打印机。请用手机拍下二维码，或记下编号。</source>
        <translation>No printer here: photograph the code.</translation>
    </message>
    <message>
        <source>正在打印…</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>小票打好了，请拿走。</source>
        <translation>Your slip is printed, please take it.</translation>
    </message>
    <message>
        <source>打印机没有反应。请用手机拍下二维码。</source>
        <translation>The printer does not answer. Photograph the code, please.</translation>
    </message>
    <message>
        <source>不用叫了，继续</source>
        <translation>No need, go on</translation>
    </message>
    <message>
        <source>工作人员：离开自助机</source>
        <translation>Staff: leave the kiosk</translation>
    </message>
    <message>
        <source>正在叫工作人员，请在这里等一下</source>
        <translation>Calling the staff, please wait here</translation>
    </message>
    <message>
        <source>请输工作人员的 PIN</source>
        <translation>Type the operator&apos;s PIN</translation>
    </message>
    <message>
        <source>六到八位数字</source>
        <translation>Six to eight digits</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>没有人应，就会清除屏幕上的内容。</source>
        <translation>If nobody answers, the screen is wiped.</translation>
    </message>
    <message>
        <source>我还在</source>
        <translation>I am here</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>二维码</source>
        <translation>QR code</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>零工报名：{state}</source>
        <translation>Odd job: {state}</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>一小时</source>
        <translation>an hour</translation>
    </message>
    <message>
        <source>一天</source>
        <translation>a day</translation>
    </message>
    <message>
        <source>一周</source>
        <translation>a week</translation>
    </message>
    <message>
        <source>一个月</source>
        <translation>a month</translation>
    </message>
    <message>
        <source>做一次</source>
        <translation>for the job</translation>
    </message>
    <message>
        <source>登记了，待确认</source>
        <translation>Noted, to be confirmed</translation>
    </message>
    <message>
        <source>已确认，请按时到</source>
        <translation>Confirmed, please come in time</translation>
    </message>
    <message>
        <source>正在做</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>做完了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>没有到</source>
        <translation>Did not come</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>这次没有安排上</source>
        <translation>Not given this time</translation>
    </message>
    <message>
        <source>{amount} 元</source>
        <translation>¥{amount}</translation>
    </message>
    <message>
        <source>工钱面议</source>
        <translation>Pay: ask</translation>
    </message>
    <message>
        <source>时间由工作人员通知</source>
        <translation>The staff tell the time</translation>
    </message>
    <message>
        <source>{month}月{day}日 {weekday}</source>
        <translation>{weekday} {month}/{day}</translation>
    </message>
    <message>
        <source>{day} {start} 到 {end}</source>
        <translation>{day} {start}–{end}</translation>
    </message>
    <message>
        <source>{day} {start} 到第二天 {end}</source>
        <translation>{day} {start} – next day {end}</translation>
    </message>
    <message>
        <source>……（问工作人员）</source>
        <translation>… (ask the staff)</translation>
    </message>
    <message>
        <source>请问工作人员</source>
        <translation>Ask the staff</translation>
    </message>
    <message>
        <source>试的次数太多了。请过十分钟再来，或者叫工作人员帮您。</source>
        <translation>Too many tries. Come back in ten minutes, or call the staff.</translation>
    </message>
    <message>
        <source>号码不对，请再看一看。</source>
        <translation>The number is not right, please look again.</translation>
    </message>
    <message>
        <source>机器现在办不了，请叫工作人员。</source>
        <translation>The machine cannot do this now, please call the staff.</translation>
    </message>
    <message>
        <source>还要 {n} 人</source>
        <translation>{n} wanted</translation>
    </message>
    <message>
        <source>给现金</source>
        <translation>in cash</translation>
    </message>
    <message>
        <source>转账</source>
        <translation>by transfer</translation>
    </message>
    <message>
        <source>今天排队</source>
        <translation>Queue up today</translation>
    </message>
    <message>
        <source>等工作人员按顺序派活</source>
        <translation>The staff give out work in this order</translation>
    </message>
    <message>
        <source>我的排队和报名</source>
        <translation>My place and my applications</translation>
    </message>
    <message>
        <source>想看哪一样？</source>
        <translation>Which would you like to see?</translation>
    </message>
    <message>
        <source>今天排队，请把零工卡放到扫码口</source>
        <translation>Queue up: hold your card to the reader</translation>
    </message>
    <message>
        <source>一天只用排一次，早来晚来都看得到第几位</source>
        <translation>Once a day is enough; you can look at your place any time</translation>
    </message>
    <message>
        <source>没有排上，请叫工作人员帮您。</source>
        <translation>That gave no place. Please call the staff.</translation>
    </message>
    <message>
        <source>找活报名</source>
        <translation>Find a job</translation>
    </message>
    <message>
        <source>我的排队</source>
        <translation>My place</translation>
    </message>
    <message>
        <source>看看第几位了</source>
        <translation>See how far it has got</translation>
    </message>
    <message>
        <source>您是第 {n} 位</source>
        <translation>You are number {n}</translation>
    </message>
    <message>
        <source>今天已经派到活了</source>
        <translation>You have got work today</translation>
    </message>
    <message>
        <source>今天先回去了</source>
        <translation>You went home today</translation>
    </message>
    <message>
        <source>要再排，请叫工作人员。</source>
        <translation>To queue up again, call the staff.</translation>
    </message>
    <message>
        <source>前面还有 {n} 位</source>
        <translation>{n} before you</translation>
    </message>
    <message>
        <source>前面没有人，请在旁边等叫号</source>
        <translation>Nobody before you: please wait nearby</translation>
    </message>
    <message>
        <source>卡号：{card}</source>
        <translation>Card: {card}</translation>
    </message>
    <message>
        <source>现在没有网，以柜台的名单为准</source>
        <translation>No network now: the counter&apos;s list counts</translation>
    </message>
    <message>
        <source>现在按先来后到；抽签以后会变</source>
        <translation>By arrival for now; lots may change it</translation>
    </message>
    <message>
        <source>今天按先来后到</source>
        <translation>By arrival today</translation>
    </message>
    <message>
        <source>抽签以后来的，排在抽到的人后面。种子：{seed}</source>
        <translation>After the draw, behind those drawn. Seed: {seed}</translation>
    </message>
    <message>
        <source>{n} 人抽签，种子：{seed}</source>
        <translation>Lots among {n}, seed: {seed}</translation>
    </message>
    <message>
        <source>{when} 来排队</source>
        <translation>{when}, in the queue</translation>
    </message>
    <message>
        <source>工作人员看到了，马上过来。</source>
        <translation>The staff have seen it and are coming.</translation>
    </message>
    <message>
        <source>已呼叫（{at}）。柜台的电脑上看得到。</source>
        <translation>Called ({at}). The counter&apos;s computer shows it.</translation>
    </message>
    <message>
        <source>已呼叫（{at}）。正在告诉柜台的电脑…</source>
        <translation>Called ({at}). Telling the counter&apos;s computer…</translation>
    </message>
    <message>
        <source>已响铃（{at}）。现在没有网，柜台的电脑看不到：没有人来，请到柜台说一声。</source>
        <translation>Rung ({at}). There is no network, so the counter&apos;s computer does not show it: if nobody comes, please go to the counter.</translation>
    </message>
    <message>
        <source>留个电话，以后办</source>
        <translation>Leave a number, get it later</translation>
    </message>
    <message>
        <source>工作人员打给您</source>
        <translation>The staff will call you</translation>
    </message>
    <message>
        <source>同意，留手机号</source>
        <translation>I agree: leave my number</translation>
    </message>
    <message>
        <source>不留，叫工作人员</source>
        <translation>No number: call the staff</translation>
    </message>
    <message>
        <source>留个电话，工作人员打给您</source>
        <translation>Leave a number and the staff will call you</translation>
    </message>
    <message>
        <source>先生</source>
        <translation>Sir</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Madam</translation>
    </message>
    <message>
        <source>都可以</source>
        <translation>Either</translation>
    </message>
    <message>
        <source>怎么称呼您？</source>
        <translation>How shall we address you?</translation>
    </message>
    <message>
        <source>不用留姓名</source>
        <translation>No name is needed</translation>
    </message>
    <message>
        <source>请输您的手机号</source>
        <translation>Type your mobile number</translation>
    </message>
    <message>
        <source>十一位</source>
        <translation>Eleven digits</translation>
    </message>
    <message>
        <source>无保险！这活容易受伤</source>
        <translation>No insurance! People get hurt at this work</translation>
    </message>
    <message>
        <source>{place}只用这个号码打电话找您办卡。联系上就从名单里删掉，最多留七天；中心的操作存档里还有当时那一份，只作备查，不再拿来打电话。不留也可以办。</source>
        <translation>{place} uses the number only to call you about a card. It is taken off the list once you were called, or after seven days; the centre&apos;s archive of entries still has it as it was left, as a record only and never to call you. You get a card without it, too.</translation>
    </message>
    <message>
        <source>记下了。工作人员会打给您，联系上就从名单里删掉号码。</source>
        <translation>Noted. The staff will call you and then take the number off the list.</translation>
    </message>
</context>
<context>
    <name>KioskSection</name>
    <message>
        <source>离开自助机的 PIN</source>
        <translation>PIN for leaving the kiosk</translation>
    </message>
    <message>
        <source>六到八位数字，只在这台机器上有用，只有您自己知道。</source>
        <translation>Six to eight digits, good on this machine only, known to you alone.</translation>
    </message>
    <message>
        <source>设好</source>
        <translation>Set it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>现在的 PIN</source>
        <translation>Present PIN</translation>
    </message>
    <message>
        <source>新 PIN</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>自助机</source>
        <translation>Kiosk</translation>
    </message>
    <message>
        <source>没人动多久以后清除（秒）</source>
        <translation>Forget after so many seconds of silence</translation>
    </message>
    <message>
        <source>最后 15 秒问“您还在吗？”；最少 45 秒，老人来得及应</source>
        <translation>For the last 15 seconds it asks &quot;Are you still there?&quot;; 45 at least, so that old people can answer</translation>
    </message>
    <message>
        <source>一开始就用特大字</source>
        <translation>Extra-large letters from the start</translation>
    </message>
    <message>
        <source>来的人可以自己改小，走了又变回来</source>
        <translation>Visitors can make them smaller; after them it is as before</translation>
    </message>
    <message>
        <source>读出屏幕上的话</source>
        <translation>Speak the words of the screen</translation>
    </message>
    <message>
        <source>要装语音；读的内容里没有人名和号码</source>
        <translation>Takes a voice; no name or number is spoken</translation>
    </message>
    <message>
        <source>打小票的打印机</source>
        <translation>Printer for slips</translation>
    </message>
    <message>
        <source>直接打印，不弹窗口；没有打印机时屏幕上有二维码</source>
        <translation>Prints at once, without a dialog; without a printer there is a code on the screen</translation>
    </message>
    <message>
        <source>这台电脑做自助机时用这些设置；PIN 立即生效，别的在自助机下次打开时生效。</source>
        <translation>For when this computer is a kiosk. A PIN counts at once, the rest when the kiosk is opened next.</translation>
    </message>
    <message>
        <source>换 PIN…</source>
        <translation>Change PIN…</translation>
    </message>
    <message>
        <source>设 PIN…</source>
        <translation>Set PIN…</translation>
    </message>
    <message>
        <source>您的 PIN 已设好。忘了就在命令行里重设：zzdesk kiosk --set-pin</source>
        <translation>Your PIN is set. If you forget it, set it anew on the command line: zzdesk kiosk --set-pin</translation>
    </message>
    <message>
        <source>还没有设：没有人的 PIN，自助机打不开</source>
        <translation>Not set: without anybody&apos;s PIN the kiosk does not open</translation>
    </message>
    <message>
        <source>系统默认打印机</source>
        <translation>The system&apos;s printer</translation>
    </message>
    <message>
        <source>PIN 已设好</source>
        <translation>The PIN is set</translation>
    </message>
</context>
<context>
    <name>KioskWindow</name>
    <message>
        <source>零工自助机</source>
        <translation>Kiosk for odd jobs</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>字小一点</source>
        <translation>Smaller letters</translation>
    </message>
    <message>
        <source>字再大一点</source>
        <translation>Larger letters</translation>
    </message>
    <message>
        <source>叫工作人员</source>
        <translation>Call the staff</translation>
    </message>
    <message>
        <source>第 {now} 步，共 {total} 步</source>
        <translation>Step {now} of {total}</translation>
    </message>
    <message>
        <source>您好，{name}</source>
        <translation>Hello, {name}</translation>
    </message>
</context>
<context>
    <name>LargeText</name>
    <message>
        <source>看完了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>小一点（-）</source>
        <translation>Smaller (-)</translation>
    </message>
    <message>
        <source>大一点（+）</source>
        <translation>Larger (+)</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>积分流水</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>调整</source>
        <translation>Adjust</translation>
    </message>
    <message>
        <source>还没有积分</source>
        <translation>No points yet</translation>
    </message>
    <message>
        <source>任务计分以后，积分记在这里。</source>
        <translation>Points are booked here when a task is scored.</translation>
    </message>
    <message>
        <source>冲正这一笔</source>
        <translation>Reverse this entry</translation>
    </message>
    <message>
        <source>冲正</source>
        <translation>Reverse</translation>
    </message>
    <message>
        <source>已冲正，原来那一笔仍看得到</source>
        <translation>Reversed; the entry itself stays readable</translation>
    </message>
    <message>
        <source>冲正积分</source>
        <translation>Reverse points</translation>
    </message>
    <message>
        <source>加减多少分</source>
        <translation>How many points</translation>
    </message>
    <message>
        <source>减分写负数，例如：-5</source>
        <translation>Below nought to take points, for example: -5</translation>
    </message>
    <message>
        <source>积分已调整，已保存在本机</source>
        <translation>Points adjusted, saved on this desk</translation>
    </message>
    <message>
        <source>调整积分</source>
        <translation>Adjust points</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>示意图，仅供内部使用，不是公开地图。</source>
        <translation>A sketch for internal use only, not a map to be published.</translation>
    </message>
    <message>
        <source>事件：WGS-84（照片 EXIF），手填的照填写的画。</source>
        <translation>Reports: WGS-84 (from a photo&apos;s EXIF), or as somebody typed them.</translation>
    </message>
    <message>
        <source>区县轮廓：{year} 年，约 100 米精度，来源未注明坐标系。</source>
        <translation>District outlines: of {year}, to about 100 m; their source states no datum.</translation>
    </message>
    <message>
        <source>都没有换算：GCJ-02 与 WGS-84 相差可达约 500 米。</source>
        <translation>Nothing is converted: GCJ-02 and WGS-84 can lie some 500 m apart.</translation>
    </message>
    <message>
        <source>没有导入本站网格，只画区县：按“导入网格”选 GeoJSON 文件。</source>
        <translation>No grids of this station were imported, only districts are drawn: choose a GeoJSON file with the button Import grids.</translation>
    </message>
    <message>
        <source>未注明坐标系</source>
        <translation>datum not stated</translation>
    </message>
    <message>
        <source>本站网格：{source}，{datum}。</source>
        <translation>Grids of this station: {source}, {datum}.</translation>
    </message>
</context>
<context>
    <name>ListSheet</name>
    <message>
        <source>序号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>事项和地点</source>
        <translation>Matter and place</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>事件清单</source>
        <translation>List of reports</translation>
    </message>
    <message>
        <source>只印前 {count} 件</source>
        <translation>only the first {count} are printed</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>{count} 条</source>
        <translation>{count} entries</translation>
    </message>
    <message>
        <source>{kind}清单</source>
        <translation>List: {kind}</translation>
    </message>
</context>
<context>
    <name>Listening</name>
    <message>
        <source>{machine}在叫工作人员</source>
        <translation>{machine} calls the staff</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>这是测试工作站，请勿录入真实信息。</source>
        <translation>This is a test desk: do not enter real data.</translation>
    </message>
    <message>
        <source>已锁屏</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>输入密码继续，没有保存完的内容还在。</source>
        <translation>Enter the password to go on; unfinished work is still there.</translation>
    </message>
    <message>
        <source>用恢复密钥进入</source>
        <translation>Enter with the recovery key</translation>
    </message>
    <message>
        <source>设一个新密码，并得到新的恢复密钥。</source>
        <translation>Set a new password and get a new recovery key.</translation>
    </message>
    <message>
        <source>社区治理工作站</source>
        <translation>Desk of a neighbourhood office</translation>
    </message>
    <message>
        <source>数据加密保存在本机，没有网络也能工作。</source>
        <translation>Data is kept encrypted on this machine; it works without a network.</translation>
    </message>
    <message>
        <source>换一个账号</source>
        <translation>Another account</translation>
    </message>
    <message>
        <source>忘记密码？用恢复密钥</source>
        <translation>Forgot the password? Use the recovery key</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>进入并设新密码</source>
        <translation>Enter and set a new password</translation>
    </message>
    <message>
        <source>恢复密钥</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>建站时只显示过一次的那一串，分组之间的横线可写可不写。</source>
        <translation>Shown once when the desk was set up; the hyphens may be left out.</translation>
    </message>
    <message>
        <source>改用密码</source>
        <translation>Use the password</translation>
    </message>
    <message>
        <source>不用密码，用系统密钥库</source>
        <translation>Use the system keyring instead</translation>
    </message>
    <message>
        <source>没有保存完的内容还在。</source>
        <translation>Unfinished work is still there.</translation>
    </message>
    <message>
        <source>返回登录</source>
        <translation>Back to log-in</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>zzdesk 社区治理工作站</source>
        <translation>zzdesk · neighbourhood desk</translation>
    </message>
    <message>
        <source>演示：这里的人和事都是虚构的，关闭后即删除。</source>
        <translation>Demonstration: people and matters here are made up, and are deleted when it is closed.</translation>
    </message>
    <message>
        <source>测试工作站：请勿录入真实信息。</source>
        <translation>Test desk: do not enter real data.</translation>
    </message>
    <message>
        <source>调解案件 {numbers} 有录音没有保存完：请在案卷的“调解记录”里保存或删除。</source>
        <translation>A recording of mediation case {numbers} was not saved: save or delete it under &quot;Sessions&quot; of the case.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>事件在哪里、办到哪一步、登记了多久；不用网络</source>
        <translation>Where reports are, how far they have come, how old they are; no network needed</translation>
    </message>
    <message>
        <source>未办结</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>不限时间</source>
        <translation>Any age</translation>
    </message>
    <message>
        <source>图上的事件</source>
        <translation>Reports on the map</translation>
    </message>
    <message>
        <source>方向键移动，加减号缩放，0 回到本站，Tab 逐件查看，回车打开，Esc 到列表</source>
        <translation>Arrow keys move, plus and minus zoom, 0 shows the station, Tab walks from report to report, Enter opens, Esc goes to the list</translation>
    </message>
    <message>
        <source>放大（+）</source>
        <translation>Zoom in (+)</translation>
    </message>
    <message>
        <source>缩小（−）</source>
        <translation>Zoom out (−)</translation>
    </message>
    <message>
        <source>看本站（0）</source>
        <translation>Show the station (0)</translation>
    </message>
    <message>
        <source>看全市</source>
        <translation>Whole city</translation>
    </message>
    <message>
        <source>漳州十一个区县</source>
        <translation>The eleven districts and counties of Zhangzhou</translation>
    </message>
    <message>
        <source>读不出地图</source>
        <translation>The map cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>读不出图上的事件</source>
        <translation>The reports on the map cannot be read</translation>
    </message>
    <message>
        <source>这里没有这样的事件</source>
        <translation>No such report here</translation>
    </message>
    <message>
        <source>移动、缩小地图，或换一个筛选。登记时写了坐标，或用了照片的位置，事件才会在图上。</source>
        <translation>Move the map, zoom out, or choose another filter. A report is on the map when its coordinates were typed or taken from a photo.</translation>
    </message>
    <message>
        <source>超过 {n} 件，没有数完；放大或筛选后再看</source>
        <translation>More than {n}, not all counted; zoom in or filter</translation>
    </message>
    <message>
        <source>图上 {n} 件，太多，按位置合在一起；放大后一件一件显示</source>
        <translation>{n} on the map, too many: counted together by place; zoom in to see each</translation>
    </message>
    <message>
        <source>图上 {n} 件</source>
        <translation>{n} on the map</translation>
    </message>
    <message>
        <source>这一带 {n} 件</source>
        <translation>{n} reports around here</translation>
    </message>
    <message>
        <source>最早 {day} 登记</source>
        <translation>the oldest registered {day}</translation>
    </message>
</context>
<context>
    <name>MarkedRecords</name>
    <message>
        <source>选中的 {count} 条</source>
        <translation>{count} selected</translation>
    </message>
    <message>
        <source>只印前 {count} 条</source>
        <translation>the first {count} are printed</translation>
    </message>
</context>
<context>
    <name>MaskedField</name>
    <message>
        <source>查看完整内容</source>
        <translation>Show in full</translation>
    </message>
    <message>
        <source>查看会记入审计：谁、何时、为什么。30 秒后自动遮盖。</source>
        <translation>Showing it is written into the audit: who, when, why. It is covered again after 30 seconds.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>遮盖</source>
        <translation>Cover</translation>
    </message>
    <message>
        <source>您的账号不能查看完整内容</source>
        <translation>Your account cannot see this in full</translation>
    </message>
</context>
<context>
    <name>Matter</name>
    <message>
        <source>同一件事的登记</source>
        <translation>Reports of the same matter</translation>
    </message>
    <message>
        <source>共 {count} 件</source>
        <translation>{count} in all</translation>
    </message>
    <message>
        <source>每一位反映人都要反馈。由最先登记的一件牵头办理。</source>
        <translation>Everybody who reported it gets an answer. The one recorded first leads.</translation>
    </message>
    <message>
        <source>牵头</source>
        <translation>leads</translation>
    </message>
    <message>
        <source>这一件</source>
        <translation>this one</translation>
    </message>
    <message>
        <source>匿名</source>
        <translation>anonymous</translation>
    </message>
    <message>
        <source>姓名保密</source>
        <translation>name kept secret</translation>
    </message>
    <message>
        <source>没有留姓名</source>
        <translation>no name given</translation>
    </message>
    <message>
        <source>关联为同一件事</source>
        <translation>Linked as the same matter</translation>
    </message>
    <message>
        <source>解除关联</source>
        <translation>Unlinked</translation>
    </message>
    <message>
        <source>编号、事项、地点或电话尾号</source>
        <translation>Number, matter, place or end of the phone</translation>
    </message>
    <message>
        <source>和哪一件是同一件事</source>
        <translation>Which one is the same matter</translation>
    </message>
    <message>
        <source>为什么（可不填）</source>
        <translation>Why (optional)</translation>
    </message>
    <message>
        <source>为什么不是同一件事</source>
        <translation>Why it is not the same matter</translation>
    </message>
</context>
<context>
    <name>MediationCard</name>
    <message>
        <source>{count} 项</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>调解提醒</source>
        <translation>Mediation</translation>
    </message>
    <message>
        <source>▲ 有激化危险，先拨110</source>
        <translation>▲ May escalate: call 110 first</translation>
    </message>
    <message>
        <source>调解期限将到或已过</source>
        <translation>Time to mediate ends or is over</translation>
    </message>
    <message>
        <source>申请司法确认的最后一日</source>
        <translation>Last day for judicial confirmation</translation>
    </message>
    <message>
        <source>履行到期</source>
        <translation>Performance due</translation>
    </message>
    <message>
        <source>该回访了</source>
        <translation>Revisit due</translation>
    </message>
    <message>
        <source>任期届满</source>
        <translation>Term ends</translation>
    </message>
    <message>
        <source>委员应为三至九人，现有 {count} 人（人民调解法第八条）</source>
        <translation>Three to nine members, now {count} (article 8)</translation>
    </message>
    <message>
        <source>委员中应当有妇女（人民调解法第八条）</source>
        <translation>A woman among the members (article 8)</translation>
    </message>
    <message>
        <source>本机的编号只剩 {count} 个，请同步</source>
        <translation>{count} numbers left on this machine: sync</translation>
    </message>
</context>
<context>
    <name>MediationMonth</name>
    <message>
        <source>记一次排查…</source>
        <translation>Record a check…</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>按受理月份还是按结束月份</source>
        <translation>By month accepted or by month closed</translation>
    </message>
    <message>
        <source>{name}：{count} 件</source>
        <translation>{name}: {count} cases</translation>
    </message>
    <message>
        <source>排查 {checks} 次 · 发现 {found} 件 · 预防 {prevented} 件</source>
        <translation>{checks} checks · {found} found · {prevented} prevented</translation>
    </message>
    <message>
        <source>纠纷排查</source>
        <translation>Checks for disputes</translation>
    </message>
    <message>
        <source>{category}纠纷</source>
        <translation>Dispute: {category}</translation>
    </message>
    <message>
        <source>综治季报…</source>
        <translation>Quarterly form…</translation>
    </message>
    <message>
        <source>上报综治季报</source>
        <translation>Hand in the quarterly form</translation>
    </message>
    <message>
        <source>季报已写成：{name}</source>
        <translation>The quarterly form was written: {name}</translation>
    </message>
    <message>
        <source>{month}（{basis}）</source>
        <translation>{month} ({basis})</translation>
    </message>
    <message>
        <source>下面的辖区没有全部月结，或者本机没有其数据（可能没用本系统，也可能没对本机开放）。核实后勾选另报纸质报表的，写明原因；会印在季报上并记入审计。</source>
        <translation>These areas have not closed every month, or nothing of them is here (they may not use the program, or are not opened to this computer). Check, tick those that report on paper and write why: it is printed on the form and kept in the audit.</translation>
    </message>
    <message>
        <source>哪些辖区另报纸质报表</source>
        <translation>Which areas report on paper</translation>
    </message>
    <message>
        <source>继续</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>本机没有其数据</source>
        <translation>Nothing of it is here</translation>
    </message>
</context>
<context>
    <name>MediationPage</name>
    <message>
        <source>调解</source>
        <translation>Mediation</translation>
    </message>
    <message>
        <source>自愿、平等、不收费；谁在调解、说了什么，只有小组知道</source>
        <translation>Voluntary, equal, free of charge, confidential</translation>
    </message>
    <message>
        <source>受理一起调解</source>
        <translation>A mediation case</translation>
    </message>
    <message>
        <source>月报…</source>
        <translation>Monthly report…</translation>
    </message>
    <message>
        <source>补贴…</source>
        <translation>Subsidy…</translation>
    </message>
    <message>
        <source>调委会…</source>
        <translation>Committees…</translation>
    </message>
</context>
<context>
    <name>MonthBook</name>
    <message>
        <source>{name}：{count} 条记录</source>
        <translation>{name}: {count} records</translation>
    </message>
    <message>
        <source>上个月</source>
        <translation>Previous month</translation>
    </message>
    <message>
        <source>下个月</source>
        <translation>Next month</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>月结…</source>
        <translation>Close month…</translation>
    </message>
    <message>
        <source>本月的数字；按回车到右边看它数的记录</source>
        <translation>The month&apos;s figures; Enter goes to the records on the right</translation>
    </message>
    <message>
        <source>所选数字里的记录；按回车打开</source>
        <translation>Records of the selected figure; Enter opens one</translation>
    </message>
    <message>
        <source>正在统计…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>已月结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>未月结</source>
        <translation>Not closed</translation>
    </message>
    <message>
        <source>本月还没有过完</source>
        <translation>The month is not over</translation>
    </message>
    <message>
        <source>有 {count} 项核对不相符：在“核对”里选中它，右边就是要更正的记录。</source>
        <translation>{count} checks do not hold: select one under &quot;Checks&quot; and correct the records on the right.</translation>
    </message>
    <message>
        <source>月结的内容和它的校验值不符，请联系技术支持。</source>
        <translation>The closed month is not what its hash says: ask technical support.</translation>
    </message>
    <message>
        <source>{day} 月结，校验值 {digest}…；数字不再变化。</source>
        <translation>Closed {day}, hash {digest}…; the figures stay.</translation>
    </message>
    <message>
        <source>之后有 {count} 条变化，列入以后月份的报表。</source>
        <translation> {count} changes since then are declared in a later month&apos;s report.</translation>
    </message>
    <message>
        <source>，这里是前 {shown} 条</source>
        <translation>, the first {shown} of them here</translation>
    </message>
    <message>
        <source>月结 {month}</source>
        <translation>Close {month}</translation>
    </message>
    <message>
        <source>月结以后这个月的数字不再变化，也不能撤销；之后补报、更正的，列入以后月份的报表。</source>
        <translation>Once closed, the figures of this month stay, and that cannot be undone; what is reported late or corrected is listed in a later month&apos;s report.</translation>
    </message>
    <message>
        <source>月结</source>
        <translation>Closed month</translation>
    </message>
    <message>
        <source>还有核对不相符。先更正记录更好；确要月结，请写明原因。</source>
        <translation>Some checks do not hold. Better correct the records first; to close all the same, give a reason.</translation>
    </message>
    <message>
        <source>照样月结</source>
        <translation>Close all the same</translation>
    </message>
    <message>
        <source>已月结。已保存在本机，尚未送达中心。</source>
        <translation>Closed. Saved on this desk, not yet at the centre.</translation>
    </message>
    <message>
        <source>导出月报</source>
        <translation>Export the report</translation>
    </message>
    <message>
        <source>已导出：{name}</source>
        <translation>Exported: {name}</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Figure</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>基数</source>
        <translation>Of</translation>
    </message>
    <message>
        <source>比率</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Checks</translation>
    </message>
</context>
<context>
    <name>MonthRows</name>
    <message>
        <source>补报的案件</source>
        <translation>Reported late</translation>
    </message>
    <message>
        <source>减去的案件</source>
        <translation>Taken away</translation>
    </message>
    <message>
        <source>更正的案件</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>月结之后的变化（上面的数字不变）</source>
        <translation>Since the closing (the figures above stay)</translation>
    </message>
    <message>
        <source>列入以后月份的报表，只列一次</source>
        <translation>Listed once, in the report of a later month</translation>
    </message>
    <message>
        <source>未列入</source>
        <translation>Not listed yet</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>✓ 相符</source>
        <translation>✓ Holds</translation>
    </message>
    <message>
        <source>▲ 不相符</source>
        <translation>▲ Does not</translation>
    </message>
    <message>
        <source>待核对</source>
        <translation>Unchecked</translation>
    </message>
    <message>
        <source>由几个登记类别合并而成，不能再拆开</source>
        <translation>Several stored categories come together here and cannot be taken apart</translation>
    </message>
    <message>
        <source>没有登记类别对应这一项，要由人填</source>
        <translation>No stored category leads here: to be filled in by hand</translation>
    </message>
    <message>
        <source>没有对应的项</source>
        <translation>no row</translation>
    </message>
    <message>
        <source>可能属于：{rows}。逐件看过再填表</source>
        <translation>May belong to: {rows}. Look at each case before filling in the form</translation>
    </message>
    <message>
        <source>待人定</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>补报的排查</source>
        <translation>Checks reported late</translation>
    </message>
    <message>
        <source>减去的排查</source>
        <translation>Checks taken away</translation>
    </message>
    <message>
        <source>更正的排查</source>
        <translation>Checks corrected</translation>
    </message>
    <message>
        <source>右边是不相符的记录，打开更正</source>
        <translation>On the right are the records that do not fit; open and correct them</translation>
    </message>
</context>
<context>
    <name>MonthSheet</name>
    <message>
        <source>{year} 年 {month} 月</source>
        <translation>{year}-{month}</translation>
    </message>
    <message>
        <source>{count} 次 · {records} 件</source>
        <translation>{count} answers · {records} reports</translation>
    </message>
    <message>
        <source>导出为 Excel…</source>
        <translation>Export to Excel…</translation>
    </message>
    <message>
        <source>打印…</source>
        <translation>Print…</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>看这些记录</source>
        <translation>Show these records</translation>
    </message>
    <message>
        <source>上个月</source>
        <translation>Month before</translation>
    </message>
    <message>
        <source>下个月</source>
        <translation>Next month</translation>
    </message>
    <message>
        <source>本月的统计数；按回车打开它数的记录</source>
        <translation>Figures of the month; Enter opens the records that one counts</translation>
    </message>
    <message>
        <source>正在统计…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>导出为 Excel</source>
        <translation>Export to Excel</translation>
    </message>
    <message>
        <source>已导出：{name}</source>
        <translation>Exported: {name}</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Figure</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>基数</source>
        <translation>Of</translation>
    </message>
    <message>
        <source>比率</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>比率四舍五入到一位小数 · {name} 打印</source>
        <translation>Rates are rounded half up at one decimal · printed by {name}</translation>
    </message>
    <message>
        <source>▲ {what}：{how}</source>
        <translation>▲ {what}: {how}</translation>
    </message>
    <message>
        <source>✓ 核对了 {count} 项，都相符</source>
        <translation>✓ {count} checks, all agree</translation>
    </message>
</context>
<context>
    <name>MorningSheet</name>
    <message>
        <source>▲ 已超期</source>
        <translation>▲ Overdue</translation>
    </message>
    <message>
        <source>△ 今天到期</source>
        <translation>△ Due today</translation>
    </message>
    <message>
        <source>● 昨天以来新登记</source>
        <translation>● New since yesterday</translation>
    </message>
    <message>
        <source>◇ 等居民答复</source>
        <translation>◇ Waiting for the answer of the citizen</translation>
    </message>
    <message>
        <source>◆ 等着反馈给居民</source>
        <translation>◆ To be told to the citizen</translation>
    </message>
    <message>
        <source>早间清单</source>
        <translation>Morning sheet</translation>
    </message>
    <message>
        <source>{count} 件</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>，这里是前 {shown} 件</source>
        <translation>, the first {shown} here</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>■ 今天值班</source>
        <translation>■ On duty today</translation>
    </message>
    <message>
        <source>您的账号看不到值班表</source>
        <translation>Your account may not see the roster</translation>
    </message>
    <message>
        <source>到 {time}</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>还有 {count} 人</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>今天没有排班</source>
        <translation>Nobody is on the roster today</translation>
    </message>
    <message>
        <source>姓名和号码已遮盖 · {name} 打印</source>
        <translation>Names and numbers masked · printed by {name}</translation>
    </message>
</context>
<context>
    <name>NeedDetail</name>
    <message>
        <source>来处和去处</source>
        <translation>Where it came from and went</translation>
    </message>
    <message>
        <source>已过要求的日期</source>
        <translation>Past the day it was needed by</translation>
    </message>
    <message>
        <source>已转成用工信息草稿，补齐六项再提交审核</source>
        <translation>A draft posting was made of it; complete the six items, then submit it</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>企业走访</source>
        <translation>Visit to an enterprise</translation>
    </message>
</context>
<context>
    <name>NeedForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>单位名称、拼音或信用代码</source>
        <translation>Name, pinyin or credit code</translation>
    </message>
    <message>
        <source>没有的单位先到“用工单位”登记</source>
        <translation>Who is not there yet is recorded under &quot;Employers&quot; first</translation>
    </message>
    <message>
        <source>在哪次走访听到的</source>
        <translation>The visit on which it was heard</translation>
    </message>
    <message>
        <source>例如：装卸工、消防培训</source>
        <translation>For example: loaders, fire training</translation>
    </message>
</context>
<context>
    <name>NeedRecords</name>
    <message>
        <source>登记需求</source>
        <translation>Record a need</translation>
    </message>
    <message>
        <source>登记企业需求</source>
        <translation>Record what an enterprise needs</translation>
    </message>
    <message>
        <source>需求已登记，保存在本机</source>
        <translation>Need recorded, saved on this desk</translation>
    </message>
    <message>
        <source>{day}前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>已转用工信息</source>
        <translation>Now a posting</translation>
    </message>
    <message>
        <source>要办的</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>已满足</source>
        <translation>Met</translation>
    </message>
    <message>
        <source>未满足</source>
        <translation>Not met</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>没有要办的需求</source>
        <translation>No need waits</translation>
    </message>
    <message>
        <source>企业要人、要培训、要政策，走访时听到的、打电话来说的，都登记在这里。</source>
        <translation>People, training, policies that enterprises need: what was heard on a visit or by telephone is recorded here.</translation>
    </message>
    <message>
        <source>这个筛选下没有需求</source>
        <translation>No need under this filter</translation>
    </message>
    <message>
        <source>搜需求、编号、具体要求（/）</source>
        <translation>Search needs, numbers, details (/)</translation>
    </message>
    <message numerus="yes">
        <source>%n 人</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>已超 %n 天</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>本次调解记下的话</source>
        <translation>What was noted in this session</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>人民调解不收费，自愿参加。

您有权：
一、选择或者接受人民调解员；
二、接受调解、拒绝调解或者要求终止调解；
三、要求调解公开进行或者不公开进行；
四、自主表达意愿、自愿达成调解协议。

您应当：
一、如实陈述纠纷事实；
二、遵守调解现场秩序，尊重人民调解员；
三、尊重对方当事人行使权利。

（人民调解法第四条、第二十三条、第二十四条）</source>
        <translation>People&apos;s mediation costs nothing and is voluntary.

You may:
1. choose or accept a mediator;
2. accept mediation, refuse it, or ask that it end;
3. ask that it be public, or not public;
4. say freely what you want, and agree of your own will.

You shall:
1. state the facts truthfully;
2. keep order and respect the mediator;
3. respect that the other side uses its rights.

(People&apos;s Mediation Law, articles 4, 23 and 24)</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>当事人权利义务告知</source>
        <translation>Rights and duties of the parties</translation>
    </message>
    <message>
        <source>已读给当事人听</source>
        <translation>Read out to the party</translation>
    </message>
    <message>
        <source>当事人至少两人，请先在案卷里添加当事人。</source>
        <translation>There are at least two parties; add them in the file first.</translation>
    </message>
    <message>
        <source>请 {name} 在权利义务告知书上签字。</source>
        <translation>Ask {name} to sign the notice of rights and duties.</translation>
    </message>
    <message>
        <source>先向 {name} 告知权利义务（人民调解法第二十三、二十四条）。</source>
        <translation>First tell {name} the rights and duties (People&apos;s Mediation Law, articles 23 and 24).</translation>
    </message>
    <message>
        <source>已经签字</source>
        <translation>Has signed</translation>
    </message>
    <message>
        <source>读告知书…</source>
        <translation>Read the notice…</translation>
    </message>
    <message>
        <source>拒绝签字…</source>
        <translation>Will not sign…</translation>
    </message>
    <message>
        <source>拒绝签字</source>
        <translation>Will not sign</translation>
    </message>
    <message>
        <source>写明怎样拒签的、谁在场见证。</source>
        <translation>Write how it was refused and who saw it.</translation>
    </message>
    <message>
        <source>记下拒签</source>
        <translation>Note the refusal to sign</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>方案</source>
        <translation>Offers</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>还差 {amount}</source>
        <translation>{amount} apart</translation>
    </message>
</context>
<context>
    <name>OfficeSection</name>
    <message>
        <source>上班</source>
        <translation>worked</translation>
    </message>
    <message>
        <source>放假</source>
        <translation>off</translation>
    </message>
    <message>
        <source>现在用的是版本 {version}</source>
        <translation>Version {version} is in force</translation>
    </message>
    <message>
        <source>这一年还没有表，按周末推算</source>
        <translation>There is no table of this year yet; only weekends are known</translation>
    </message>
    <message>
        <source>{year} 年版本 {version}，{source}。{held}。</source>
        <translation>{year}, version {version}: {source}. {held}.</translation>
    </message>
    <message>
        <source>导入节假日表</source>
        <translation>Import a calendar table</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>{day}  {before} → {after}  {name}</source>
        <translation>{day}  {before} → {after}  {name}</translation>
    </message>
    <message>
        <source>有 {count} 天不同：</source>
        <translation>{count} days differ:</translation>
    </message>
    <message>
        <source>没有一天不同。</source>
        <translation>No day differs.</translation>
    </message>
    <message>
        <source>导入以后，还没有办结的事件按新表重新计算期限；送到中心后，下级也按它计算。</source>
        <translation>After that, what is still open is counted anew by this table; once it has reached the centre, everything below counts by it too.</translation>
    </message>
    <message>
        <source>更改办公时间</source>
        <translation>Change office hours</translation>
    </message>
    <message>
        <source>从哪一天起改要写明：那天以前的时间和已经到期的期限都不变。</source>
        <translation>Say from which day on: earlier days keep their hours, and what is due on them stays.</translation>
    </message>
    <message>
        <source>更改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>从哪一天起（最早明天）</source>
        <translation>From which day on (tomorrow at the earliest)</translation>
    </message>
    <message>
        <source>办公时间</source>
        <translation>Office hours</translation>
    </message>
    <message>
        <source>例如 08:30-12:00,14:30-17:30</source>
        <translation>For example 08:30-12:00,14:30-17:30</translation>
    </message>
    <message>
        <source>工作日和办公时间</source>
        <translation>Working days and hours</translation>
    </message>
    <message>
        <source>节假日表</source>
        <translation>Calendar tables</translation>
    </message>
    <message>
        <source>每年国务院办公厅公布调休后导入一次</source>
        <translation>Import one each year, when the State Council Office has published the swapped days</translation>
    </message>
    <message>
        <source>按办公小时计的期限按它算；改动写明从哪一天起</source>
        <translation>Limits in office hours are counted by them; a change says from which day on</translation>
    </message>
    <message>
        <source>导入节假日表…</source>
        <translation>Import a calendar table…</translation>
    </message>
    <message>
        <source>更改办公时间…</source>
        <translation>Change office hours…</translation>
    </message>
    <message>
        <source>文本文件 (*.txt);;所有文件 (*)</source>
        <translation>Text files (*.txt);;All files (*)</translation>
    </message>
    <message>
        <source>已保存在本机；{count} 件事件的期限已重新计算</source>
        <translation>Saved on this machine; {count} reports have another due moment</translation>
    </message>
    <message>
        <source>导入的</source>
        <translation>imported</translation>
    </message>
    <message>
        <source>随程序来的</source>
        <translation>comes with the program</translation>
    </message>
    <message>
        <source>{year} 年：版本 {version}，{origin}</source>
        <translation>{year}: version {version}, {origin}</translation>
    </message>
    <message>
        <source>更早的还有 {count} 年</source>
        <translation>and {count} earlier years</translation>
    </message>
    <message>
        <source>{day} 起：{hours}</source>
        <translation>from {day}: {hours}</translation>
    </message>
</context>
<context>
    <name>OnDutyCard</name>
    <message>
        <source>此刻在岗</source>
        <translation>On duty now</translation>
    </message>
    <message>
        <source>{grid}：{people}</source>
        <translation>{grid}: {people}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>没有人排在现在，请到“值班”里排班。</source>
        <translation>Nobody is on the roster for now; add it under &quot;Duty&quot;.</translation>
    </message>
    <message>
        <source>小事不出网格 {percent}%</source>
        <translation>{percent}% solved in the grid</translation>
    </message>
    <message>
        <source>10分钟内到场 {n}/{all}</source>
        <translation>reached within 10 min {n}/{all}</translation>
    </message>
    <message>
        <source>近30天：{text}</source>
        <translation>Last 30 days: {text}</translation>
    </message>
</context>
<context>
    <name>OperationView</name>
    <message>
        <source>改好再送…</source>
        <translation>Correct and send…</translation>
    </message>
    <message>
        <source>再送一次</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>另立补充…</source>
        <translation>Add a note…</translation>
    </message>
    <message>
        <source>放弃…</source>
        <translation>Give up…</translation>
    </message>
    <message>
        <source>打开记录</source>
        <translation>Open the record</translation>
    </message>
    <message>
        <source>写了什么</source>
        <translation>What was written</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>已放弃：{why}。内容还留着，可以查看。</source>
        <translation>Given up: {why}. What was written is kept.</translation>
    </message>
    <message>
        <source>已改过重送，新的一项在待送达或已送达里。</source>
        <translation>Corrected and sent again; the new one is under Waiting or Delivered.</translation>
    </message>
    <message>
        <source>同一次保存的 {n} 项会一起处理。</source>
        <translation>The {n} changes of the same save are dealt with together.</translation>
    </message>
    <message>
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>加 {n}</source>
        <translation>plus {n}</translation>
    </message>
    <message>
        <source>添上 {items}</source>
        <translation>added {items}</translation>
    </message>
    <message>
        <source>去掉 {items}</source>
        <translation>removed {items}</translation>
    </message>
    <message>
        <source>{value}（原来：{before}）</source>
        <translation>{value} (before: {before})</translation>
    </message>
    <message>
        <source>已改好，会随下次同步送出</source>
        <translation>Corrected; it goes out with the next exchange</translation>
    </message>
    <message>
        <source>补充已写下，会随下次同步送出</source>
        <translation>The note is written; it goes out with the next exchange</translation>
    </message>
    <message>
        <source>会随下次同步再送一次</source>
        <translation>It goes out again with the next exchange</translation>
    </message>
    <message>
        <source>放弃这一项</source>
        <translation>Give this up</translation>
    </message>
    <message>
        <source>中心不会收到它；写下的内容还留在本机，可以查看。</source>
        <translation>The centre will not get it; what was written stays here and can be looked up.</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Give up</translation>
    </message>
    <message>
        <source>已放弃，内容还留着</source>
        <translation>Given up; what was written is kept</translation>
    </message>
    <message>
        <source>撤回…</source>
        <translation>Withdraw…</translation>
    </message>
    <message>
        <source>中心不再等人决定，也不会让它生效；写下的内容还在本机，可以改好再送，或者放弃。</source>
        <translation>The centre waits for no decision any more and lets nothing of it take effect; what you wrote stays here, to be changed and sent again or dropped.</translation>
    </message>
    <message>
        <source>撤回这一项</source>
        <translation>Withdraw this change</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>已撤回，内容还在本机</source>
        <translation>Withdrawn; what you wrote is still here</translation>
    </message>
</context>
<context>
    <name>OralForm</name>
    <message>
        <source>登记口头协议</source>
        <translation>Record an oral agreement</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>一方当事人</source>
        <translation>One party</translation>
    </message>
    <message>
        <source>另一方当事人</source>
        <translation>The other party</translation>
    </message>
    <message>
        <source>口头协议自达成之日起生效（人民调解法第三十条）</source>
        <translation>An oral agreement takes effect when it is reached (People&apos;s Mediation Law, article 30)</translation>
    </message>
</context>
<context>
    <name>OutputForm</name>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>没有当场说和的，由调解员受理</source>
        <translation>What was not settled is accepted by a mediator</translation>
    </message>
    <message>
        <source>会登记成一条事件，来源是巡逻发现。</source>
        <translation>Becomes a report whose source is the patrol.</translation>
    </message>
    <message>
        <source>线索马上密封：只有派出所的账号能打开，每次打开都记入审计；本机送出后不再保留。</source>
        <translation>Sealed at once: only police accounts open it, each opening is in the audit, and this desk keeps nothing once it is sent.</translation>
    </message>
    <message>
        <source>选了类别就同时受理成调解案件；不选，以后再受理</source>
        <translation>With a category it becomes a mediation case at once; without one it is accepted later</translation>
    </message>
</context>
<context>
    <name>Outputs</name>
    <message>
        <source>巡防结果</source>
        <translation>What came of it</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>已添加，已保存在本机</source>
        <translation>Added, saved on this desk</translation>
    </message>
    <message>
        <source>添加巡防结果</source>
        <translation>Add what came of it</translation>
    </message>
    <message>
        <source>已密封</source>
        <translation>Under seal</translation>
    </message>
    <message>
        <source>已登记事件</source>
        <translation>report registered</translation>
    </message>
    <message>
        <source>已受理调解</source>
        <translation>case accepted</translation>
    </message>
    <message>
        <source>待调解员受理</source>
        <translation>waits for a mediator</translation>
    </message>
    <message>
        <source>巡逻、采集、隐患、纠纷、线索、好事，都添加在这里。</source>
        <translation>Patrol only, collection, hazards, disputes, clues, good deeds: all belong here.</translation>
    </message>
    <message>
        <source>还没有结果</source>
        <translation>Nothing yet</translation>
    </message>
    <message>
        <source>打开事件</source>
        <translation>Open the report</translation>
    </message>
    <message>
        <source>打开调解</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>受理调解</source>
        <translation>Accept a case</translation>
    </message>
    <message>
        <source>已受理，案件在“调解”里办理</source>
        <translation>Accepted; the case is handled under Mediation</translation>
    </message>
    <message>
        <source>当场说和，已登记口头协议</source>
        <translation>Settled on the spot, oral agreement recorded</translation>
    </message>
    <message>
        <source>当场说和，待调解员登记口头协议</source>
        <translation>Settled on the spot, a mediator is to record the oral agreement</translation>
    </message>
    <message>
        <source>登记口头协议</source>
        <translation>Record an oral agreement</translation>
    </message>
    <message>
        <source>口头协议已登记，案卷在“调解”里补齐</source>
        <translation>Oral agreement recorded; complete its file under Mediation</translation>
    </message>
    <message>
        <source>口头协议登记表</source>
        <translation>Record of an oral agreement</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>PaperSheet</name>
    <message>
        <source>打印前先看一眼；姓名和号码已遮盖。</source>
        <translation>A look before it is printed; names and numbers are masked.</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>存为 PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message>
        <source>不打印</source>
        <translation>Do not print</translation>
    </message>
    <message>
        <source>打印机没有反应，没有打印。可以先存为 PDF。</source>
        <translation>The printer does not answer: nothing was printed. You can save a PDF first.</translation>
    </message>
    <message>
        <source>已送往打印机</source>
        <translation>Sent to the printer</translation>
    </message>
    <message>
        <source>存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>已存为 PDF</source>
        <translation>Saved as PDF</translation>
    </message>
</context>
<context>
    <name>Parties</name>
    <message>
        <source>已签告知书</source>
        <translation>Notice signed</translation>
    </message>
    <message>
        <source>拒绝签字</source>
        <translation>Will not sign</translation>
    </message>
    <message>
        <source>添加当事人</source>
        <translation>Add a party</translation>
    </message>
    <message>
        <source>已告知权利义务</source>
        <translation>Told of rights and duties</translation>
    </message>
    <message>
        <source>还没告知权利义务</source>
        <translation>Not yet told of rights and duties</translation>
    </message>
    <message>
        <source>拒绝调解</source>
        <translation>Refuses mediation</translation>
    </message>
    <message>
        <source>告知权利义务</source>
        <translation>Tell rights and duties</translation>
    </message>
    <message>
        <source>代理人…</source>
        <translation>Agent…</translation>
    </message>
    <message>
        <source>改资料…</source>
        <translation>Correct…</translation>
    </message>
</context>
<context>
    <name>PartyForm</name>
    <message>
        <source>添加当事人</source>
        <translation>Add a party</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>PasswordSheet</name>
    <message>
        <source>现在的密码</source>
        <translation>Present password</translation>
    </message>
</context>
<context>
    <name>PatrolPage</name>
    <message>
        <source>群防</source>
        <translation>Patrols</translation>
    </message>
    <message>
        <source>巡逻、守护、宣传、助老：谁报名、谁到场、计多少时长，都写在这里</source>
        <translation>Patrols, posts, publicity, help for the old: who signs up, who comes, how long it counts</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>志愿者</source>
        <translation>Volunteers</translation>
    </message>
    <message>
        <source>队伍</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>路段</source>
        <translation>Routes</translation>
    </message>
    <message>
        <source>值班</source>
        <translation>Duty</translation>
    </message>
    <message>
        <source>我要巡逻</source>
        <translation>Start a patrol</translation>
    </message>
    <message>
        <source>发布任务</source>
        <translation>Publish a task</translation>
    </message>
    <message>
        <source>登记志愿者</source>
        <translation>Register a volunteer</translation>
    </message>
    <message>
        <source>新建队伍</source>
        <translation>New team</translation>
    </message>
    <message>
        <source>新建路段</source>
        <translation>New route</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Add a duty</translation>
    </message>
    <message>
        <source>积分兑换</source>
        <translation>Rewards</translation>
    </message>
    <message>
        <source>任务、志愿者、队伍、路段、值班和积分</source>
        <translation>Tasks, volunteers, teams, routes, duty and rewards</translation>
    </message>
    <message>
        <source>添加礼品</source>
        <translation>Add a reward</translation>
    </message>
    <message>
        <source>巡防记录</source>
        <translation>Rounds</translation>
    </message>
    <message>
        <source>线索</source>
        <translation>Clues</translation>
    </message>
    <message>
        <source>记录巡防</source>
        <translation>Log a round</translation>
    </message>
    <message>
        <source>密封一条线索</source>
        <translation>Seal a clue</translation>
    </message>
    <message>
        <source>值守看板</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>服务证明</source>
        <translation>Certificates</translation>
    </message>
    <message>
        <source>接报</source>
        <translation>Take a call</translation>
    </message>
    <message>
        <source>开证明</source>
        <translation>Issue a certificate</translation>
    </message>
</context>
<context>
    <name>PatrolWords</name>
    <message>
        <source>{start} 至 {end}</source>
        <translation>{start} to {end}</translation>
    </message>
</context>
<context>
    <name>Personal</name>
    <message>
        <source>文字里有个人号码</source>
        <translation>There are numbers of people in the text</translation>
    </message>
    <message>
        <source>电话和证件号码放在自己的栏目里，才会按规定遮盖和加密。</source>
        <translation>Phones and identity numbers belong in their own fields, where they are masked and encrypted as the rules ask.</translation>
    </message>
    <message>
        <source>移到对应的栏目</source>
        <translation>Move them to their fields</translation>
    </message>
    <message>
        <source>留在文字里，显示时遮盖</source>
        <translation>stays in the text, masked when shown</translation>
    </message>
    <message>
        <source>照原样保存</source>
        <translation>Save as it is</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>phone</translation>
    </message>
    <message>
        <source>身份证号码</source>
        <translation>identity number</translation>
    </message>
    <message>
        <source>银行卡号</source>
        <translation>bank card</translation>
    </message>
    <message>
        <source>联系电话</source>
        <translation>Phone</translation>
    </message>
</context>
<context>
    <name>PlainDetail</name>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>巡防 {n} 次</source>
        <translation>{n} rounds</translation>
    </message>
    <message>
        <source>今年</source>
        <translation>This year</translation>
    </message>
    <message>
        <source>打印签到码…</source>
        <translation>Print the codes…</translation>
    </message>
</context>
<context>
    <name>PlainForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>名称、姓名或拼音</source>
        <translation>Name or pinyin</translation>
    </message>
    <message>
        <source>队伍和姓名至少写一个</source>
        <translation>A team or a name, at least one</translation>
    </message>
    <message>
        <source>用顿号隔开；能定位签到的，后面写坐标（WGS-84）：文庙@24.51190/117.65540、东桥亭</source>
        <translation>Commas between; for checking in by place add degrees (WGS-84): Temple@24.51190/117.65540, East Bridge</translation>
    </message>
</context>
<context>
    <name>PlainRecords</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>已保存在本机，尚未送达中心。</source>
        <translation>Saved on this desk, not at the centre yet.</translation>
    </message>
    <message>
        <source>新建队伍</source>
        <translation>New team</translation>
    </message>
    <message>
        <source>新建路段</source>
        <translation>New route</translation>
    </message>
    <message>
        <source>排班</source>
        <translation>Add a duty</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>没有作废的记录</source>
        <translation>Nothing is void</translation>
    </message>
    <message>
        <source>还没有队伍</source>
        <translation>No teams yet</translation>
    </message>
    <message>
        <source>厝边阿姨、治安巡防、法律援助等队伍登记在这里。</source>
        <translation>Neighbours, public-order patrols, legal aid and other teams belong here.</translation>
    </message>
    <message>
        <source>还没有路段</source>
        <translation>No routes yet</translation>
    </message>
    <message>
        <source>写明路线和签到点，任务就能选用。</source>
        <translation>Write route and check-in points, and tasks can use them.</translation>
    </message>
    <message>
        <source>还没有排班</source>
        <translation>Nobody is on the roster yet</translation>
    </message>
    <message>
        <source>写明每个网格谁在什么时间值班。</source>
        <translation>Write who is on duty in each grid, and when.</translation>
    </message>
    <message>
        <source>搜名称或拼音首字母（/）</source>
        <translation>Search names or pinyin initials (/)</translation>
    </message>
</context>
<context>
    <name>PointsSheet</name>
    <message>
        <source>巡逻签到码</source>
        <translation>Patrol check-in codes</translation>
    </message>
    <message>
        <source>扫码，或在“签到码”里照着输入</source>
        <translation>Scan, or type it under &quot;Code&quot;</translation>
    </message>
    <message>
        <source>沿虚线剪下，贴在签到点 · {name} 打印</source>
        <translation>Cut along the dashes and hang up at the point · printed by {name}</translation>
    </message>
</context>
<context>
    <name>PostingDetail</name>
    <message>
        <source>已录 {filled} / 招 {headcount}</source>
        <translation>{filled} of {headcount} placed</translation>
    </message>
    <message>
        <source>每{unit}</source>
        <translation>per {unit}</translation>
    </message>
    <message>
        <source>还没写</source>
        <translation>Not written yet</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>没有写明保险</source>
        <translation>No insurance named</translation>
    </message>
    <message>
        <source>另有</source>
        <translation>Also</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>派工单</source>
        <translation>Work order</translation>
    </message>
    <message>
        <source>⚠ 无保险：保单没有包住全部干活的日子，这活容易受伤</source>
        <translation>⚠ No insurance: the policy does not hold on all days of this risky work</translation>
    </message>
    <message>
        <source>⚠ 无保险：没有写明承保公司和保单号，这活容易受伤</source>
        <translation>⚠ No insurance: no insurer and policy number are named for this risky work</translation>
    </message>
    <message>
        <source>保单没有包住全部干活的日子</source>
        <translation>The policy does not hold on all days of the work</translation>
    </message>
    <message>
        <source>有保险</source>
        <translation>Insured</translation>
    </message>
    <message>
        <source>无保险</source>
        <translation>No insurance</translation>
    </message>
    <message>
        <source>保险</source>
        <translation>Insurance</translation>
    </message>
</context>
<context>
    <name>PostingForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>法律要求写明的六项（人力资源市场暂行条例第二十四条）</source>
        <translation>The six things the law asks for (Interim Regulations on the Human Resources Market, art. 24)</translation>
    </message>
    <message>
        <source>时间和待遇</source>
        <translation>Time and pay</translation>
    </message>
    <message>
        <source>安全和联系</source>
        <translation>Safety and contact</translation>
    </message>
    <message>
        <source>单位名称、拼音或信用代码</source>
        <translation>Employer&apos;s name, pinyin or credit code</translation>
    </message>
    <message>
        <source>没有的单位先到“用工单位”登记</source>
        <translation>Record a new employer under &quot;Employers&quot; first</translation>
    </message>
    <message>
        <source>例如：酒店早班保洁</source>
        <translation>For example: hotel cleaning, morning shift</translation>
    </message>
    <message>
        <source>报酬（元）</source>
        <translation>Pay (¥)</translation>
    </message>
    <message>
        <source>每</source>
        <translation>Per</translation>
    </message>
    <message>
        <source>不得限定民族、性别、婚育、宗教等；没有要求写“无”</source>
        <translation>No limits of ethnicity, sex, family or religion; write &quot;none&quot; if there are none</translation>
    </message>
    <message>
        <source>只能转账或现金，不能以实物抵</source>
        <translation>Transfer or cash only, never in kind</translation>
    </message>
    <message>
        <source>例如：超过8小时每小时30元</source>
        <translation>For example: 30 yuan an hour beyond 8 hours</translation>
    </message>
    <message>
        <source>只写法律允许的，例如健康证、年满18周岁</source>
        <translation>Only what the law allows, such as a health certificate or 18 years of age</translation>
    </message>
    <message>
        <source>没有保险的不填：容易受伤的活会用红字写明“无保险”</source>
        <translation>Leave empty where there is none: risky work then says &quot;No insurance&quot; in red</translation>
    </message>
    <message>
        <source>例如：单位</source>
        <translation>For example: the employer</translation>
    </message>
    <message>
        <source>“本站”的只在本站的列表和自助机上看得到</source>
        <translation>&quot;This station&quot; is seen only in the lists and kiosks of this station</translation>
    </message>
</context>
<context>
    <name>PostingRecords</name>
    <message>
        <source>存为草稿</source>
        <translation>Save as a draft</translation>
    </message>
    <message>
        <source>登记用工信息</source>
        <translation>New job posting</translation>
    </message>
    <message>
        <source>已存为草稿，核对后请提交审核。已保存在本机。</source>
        <translation>Saved as a draft; check it and submit it for review. Saved on this desk.</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>待审</source>
        <translation>To review</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>单位要人、居民请人帮忙，登记后经审核发布。</source>
        <translation>Jobs of employers and households are recorded, reviewed and published.</translation>
    </message>
    <message>
        <source>这个筛选下没有用工信息</source>
        <translation>No posting fits this filter</translation>
    </message>
    <message>
        <source>搜编号、岗位、地点、工作内容（/）</source>
        <translation>Number, job, place, work (/)</translation>
    </message>
    <message>
        <source>现在没有在办的用工</source>
        <translation>No job postings in progress</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>在场</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>没勾选就算都在场</source>
        <translation>all, where none is ticked</translation>
    </message>
    <message>
        <source>代理人 {name}</source>
        <translation>agent {name}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{names}：各方当事人还没有都同意，不能参加（人民调解法第二十条）</source>
        <translation>{names}: not every party has agreed yet, so they may not take part (People&apos;s Mediation Law, article 20)</translation>
    </message>
    <message>
        <source>邀请他人参加…</source>
        <translation>Invite somebody…</translation>
    </message>
    <message>
        <source>记下各方意见…</source>
        <translation>Note consent…</translation>
    </message>
</context>
<context>
    <name>PrintButton</name>
    <message>
        <source>已存到 {name}，已记入打印记录</source>
        <translation>Saved as {name}, and noted as printed</translation>
    </message>
</context>
<context>
    <name>Purpose</name>
    <message>
        <source>{name}
按数字键选。个人证件材料从不交给别的平台，也不公布。</source>
        <translation>{name}
Press a number. Papers of a person never go to another platform and are never published.</translation>
    </message>
    <message>
        <source>这个文件是什么？</source>
        <translation>What is this file?</translation>
    </message>
    <message>
        <source>现场照片</source>
        <translation>Photo of the matter</translation>
    </message>
    <message>
        <source>个人证件材料（身份证、户口本等）</source>
        <translation>Paper of a person (identity card, household book)</translation>
    </message>
    <message>
        <source>其他材料</source>
        <translation>Other material</translation>
    </message>
</context>
<context>
    <name>QueueRecords</name>
    <message>
        <source>现在按先来后到。要抽签，等人到齐再抽；一天只抽一次。</source>
        <translation>By arrival for now. To draw lots, wait until people are there; once a day only.</translation>
    </message>
    <message>
        <source>今天按先来后到，已经定了。</source>
        <translation>By arrival today; that is fixed.</translation>
    </message>
    <message>
        <source>已抽签，{count} 人。种子 {seed}，顺序校验码 {digest}…</source>
        <translation>Lots drawn for {count} people. Seed {seed}, checksum of the order {digest}…</translation>
    </message>
    <message>
        <source>每张卡的签 = SHA-256（种子/卡号），小的在前。谁都可以自己算。</source>
        <translation>The lot of a card = SHA-256 (seed/card), the lowest first. Anybody can work it out.</translation>
    </message>
    <message>
        <source>{name}：今天先回去了</source>
        <translation>{name}: went home for today</translation>
    </message>
    <message>
        <source>{name}：回来排队</source>
        <translation>{name}: back in the queue</translation>
    </message>
    <message>
        <source>{name} 已排上</source>
        <translation>{name} is in the queue</translation>
    </message>
    <message>
        <source>抽签</source>
        <translation>Draw lots</translation>
    </message>
    <message>
        <source>按现在排着的人抽签，一天只抽一次，抽完不能重来。种子会公布，谁都可以验算。</source>
        <translation>Draws lots among those who wait now, once a day, and never again. The seed is published; anybody can check it.</translation>
    </message>
    <message>
        <source>已抽签，顺序和种子已公布</source>
        <translation>Lots drawn; order and seed are published</translation>
    </message>
    <message>
        <source>今天按先来后到</source>
        <translation>By arrival today</translation>
    </message>
    <message>
        <source>{count} 个早上没派到，往前一级</source>
        <translation>No work for {count} mornings: one step forward</translation>
    </message>
    <message>
        <source>第 {n} 位</source>
        <translation>No. {n}</translation>
    </message>
    <message>
        <source>等着</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>派到的和回去的</source>
        <translation>Placed or gone home</translation>
    </message>
    <message>
        <source>今天还没有人排队</source>
        <translation>Nobody is in the queue yet</translation>
    </message>
    <message>
        <source>在上面输入姓名、卡号或电话尾号，让来的人排上。</source>
        <translation>Type a name, card or the last digits of the phone above to take somebody in.</translation>
    </message>
    <message>
        <source>就按先来后到</source>
        <translation>Keep to arrival</translation>
    </message>
    <message>
        <source>来排队的人</source>
        <translation>Who comes into the queue</translation>
    </message>
</context>
<context>
    <name>Readers</name>
    <message>
        <source>查阅记录</source>
        <translation>Reading log</translation>
    </message>
    <message>
        <source>{what}：{field}</source>
        <translation>{what}: {field}</translation>
    </message>
    <message>
        <source>{name}（公安，因报警查阅）</source>
        <translation>{name} (police, because 110 was called)</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>按陈述整理</source>
        <translation>Put together from the notes</translation>
    </message>
    <message>
        <source>大字给当事人看</source>
        <translation>Show in large type</translation>
    </message>
    <message>
        <source>有错，改了重新宣读…</source>
        <translation>Mend and read out again…</translation>
    </message>
    <message>
        <source>已经有人签名，记录不再改动。</source>
        <translation>Somebody has signed; the record is not changed any more.</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>先点“按陈述整理”，再补上调查、风险、协议或不成的原因；停一下就保存。</source>
        <translation>First put it together from the notes, then add inquiry, risks, the agreement or why there is none; every pause saves.</translation>
    </message>
    <message>
        <source>已读给当事人听（宣读），当事人核对无误</source>
        <translation>Read out to the parties, who found it right</translation>
    </message>
    <message>
        <source>调解记录</source>
        <translation>Session record</translation>
    </message>
    <message>
        <source>还没有记录</source>
        <translation>No record yet</translation>
    </message>
    <message>
        <source>已有的签名不再算数，画下的签名留作证据；改好后重新宣读、重新签。</source>
        <translation>The signatures do not count any more; what was drawn stays as evidence. Mend it, read it out and sign again.</translation>
    </message>
    <message>
        <source>改了重新宣读</source>
        <translation>Mend and read out again</translation>
    </message>
    <message>
        <source>重新宣读</source>
        <translation>Read out again</translation>
    </message>
</context>
<context>
    <name>Readings</name>
    <message>
        <source>打开密封线索</source>
        <translation>Opened a sealed clue</translation>
    </message>
    <message>
        <source>查看遮住的内容</source>
        <translation>Revealed covered content</translation>
    </message>
    <message>
        <source>打印服务证明</source>
        <translation>Printed a certificate of service</translation>
    </message>
    <message>
        <source>打开调解案卷</source>
        <translation>Opened a mediation file</translation>
    </message>
    <message>
        <source>打开附件</source>
        <translation>Opened a file</translation>
    </message>
</context>
<context>
    <name>ReadingsSection</name>
    <message>
        <source>查看记录</source>
        <translation>Read log</translation>
    </message>
    <message>
        <source>读不出查看记录</source>
        <translation>The read log cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>只写谁在什么时候看了哪条记录，不写内容。每台电脑记自己的，在那台电脑上查看。</source>
        <translation>It says who looked at which record and when, never what it says. Each computer keeps its own, to be read there.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>还没有查看记录</source>
        <translation>Nobody has looked yet</translation>
    </message>
</context>
<context>
    <name>RecordForm</name>
    <message>
        <source>已恢复上次没有完成的内容。</source>
        <translation>What you had not finished is back.</translation>
    </message>
</context>
<context>
    <name>RecordHead</name>
    <message>
        <source>其他操作</source>
        <translation>More actions</translation>
    </message>
    <message>
        <source>复制编号</source>
        <translation>Copy the number</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>添加录音文件…</source>
        <translation>Add a recording…</translation>
    </message>
    <message>
        <source>录音</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>都同意了</source>
        <translation>all agreed</translation>
    </message>
    <message>
        <source>点选同意录音的人</source>
        <translation>tick who agrees</translation>
    </message>
    <message>
        <source>本程序没有录音部件：用录音笔或手机录，再添加文件。</source>
        <translation>This program has no recorder: record with another device, then add the file.</translation>
    </message>
    <message>
        <source>选录音文件</source>
        <translation>Choose a recording</translation>
    </message>
    <message>
        <source>录音已加密保存在本机，尚未送达中心</source>
        <translation>Recording encrypted and saved here; not at the centre yet</translation>
    </message>
    <message>
        <source>开始录音</source>
        <translation>Start recording</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>继续录音</source>
        <translation>Go on recording</translation>
    </message>
    <message>
        <source>停止并保存</source>
        <translation>Stop and keep</translation>
    </message>
    <message>
        <source>删除录音…</source>
        <translation>Delete recording…</translation>
    </message>
    <message>
        <source>正在录音 {time}</source>
        <translation>Recording {time}</translation>
    </message>
    <message>
        <source>录音已暂停 {time}</source>
        <translation>Recording paused {time}</translation>
    </message>
    <message>
        <source>正在保存录音…</source>
        <translation>Keeping the recording…</translation>
    </message>
    <message>
        <source>上次的录音（{time}）没有保存完：请保存，或者删除。</source>
        <translation>An earlier recording ({time}) was not finished: keep it or delete it.</translation>
    </message>
    <message>
        <source>有人不同意录音，已暂停。此前录下的可以保存，也可以删除。</source>
        <translation>Somebody does not agree: paused. What was recorded before can be kept or deleted.</translation>
    </message>
    <message>
        <source>这次录下的声音会从本机删除，不能恢复；写明谁要求的、为什么，原因会记进这次调解。</source>
        <translation>What was recorded is deleted from this computer for good. Write who asked for it and why; it is noted in this session.</translation>
    </message>
    <message>
        <source>删除录音</source>
        <translation>Delete recording</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>在场的人里有人还没有同意录音，已暂停：请先征得同意。此前录下的可以保存，也可以删除。</source>
        <translation>Paused: somebody who is present has not agreed to recording yet. Ask first. What was recorded before can be kept or deleted.</translation>
    </message>
    <message>
        <source>在场的人（当事人、代理人、受邀参加的人）全部同意后才能录音。</source>
        <translation>Only when everybody present (parties, agents, invited persons) has agreed. </translation>
    </message>
    <message>
        <source>有 {n} 段录音已损坏，读不出来，长度不明，只能删除。</source>
        <translation>Recordings that are damaged and cannot be read: {n}. Their length is unknown; they can only be deleted.</translation>
    </message>
    <message>
        <source>代理人 {name}</source>
        <translation>agent {name}</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>您的账号不能登记这类记录</source>
        <translation>Your account cannot record this kind</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>换个词，或者换一个筛选试试。</source>
        <translation>Try another word or another filter.</translation>
    </message>
    <message>
        <source>还没有可看的记录</source>
        <translation>Nothing to look at yet</translation>
    </message>
    <message>
        <source>读不出列表</source>
        <translation>The list cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>记录列表</source>
        <translation>List of records</translation>
    </message>
</context>
<context>
    <name>RecoveryStep</name>
    <message>
        <source>我已保管好</source>
        <translation>I have kept it safe</translation>
    </message>
    <message>
        <source>请输入最后一组，确认已经抄下</source>
        <translation>Enter the last group, to show that you wrote it down</translation>
    </message>
    <message>
        <source>恢复密钥</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>存到 U 盘…</source>
        <translation>Save to a USB stick…</translation>
    </message>
    <message>
        <source>和上面的最后一组不一样，请再看一看</source>
        <translation>Not the same as the last group above; please look again</translation>
    </message>
    <message>
        <source>已复制，一分钟后清空</source>
        <translation>Copied; cleared in a minute</translation>
    </message>
    <message>
        <source>恢复密钥-{place}.txt</source>
        <translation>recovery-key-{place}.txt</translation>
    </message>
    <message>
        <source>存到 U 盘</source>
        <translation>Save to a USB stick</translation>
    </message>
    <message>
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
</context>
<context>
    <name>Redemptions</name>
    <message>
        <source>兑换记录</source>
        <translation>Exchanges</translation>
    </message>
    <message>
        <source>兑换给谁</source>
        <translation>Who gets it</translation>
    </message>
    <message>
        <source>兑换给：姓名、拼音、编号或电话尾号</source>
        <translation>Give to: name, pinyin, number or end of phone</translation>
    </message>
    <message>
        <source>已申请，联网后确认</source>
        <translation>Asked for; the centre confirms once online</translation>
    </message>
    <message>
        <source>{n} 分</source>
        <translation>{n} points</translation>
    </message>
    <message>
        <source>还没有人兑换</source>
        <translation>Nobody has asked for it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>{action}，已保存在本机</source>
        <translation>{action}: saved on this desk</translation>
    </message>
    <message>
        <source>{name}：已申请，联网后确认</source>
        <translation>{name}: asked for; the centre confirms once online</translation>
    </message>
</context>
<context>
    <name>Refusing</name>
    <message>
        <source>会印在告知单上，可以按情况改写。</source>
        <translation>This is printed on the notice; put it in other words where that helps.</translation>
    </message>
    <message>
        <source>补充说明（理由是“其他”时必填）</source>
        <translation>More about it (required where the reason is &quot;other&quot;)</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Not taken on</translation>
    </message>
    <message>
        <source>这次来访照样登记编号，并打印告知单，写明理由和其他途径。</source>
        <translation>The visit still gets a number, and a notice is printed with the reason and the other ways.</translation>
    </message>
    <message>
        <source>不予受理并打印告知单</source>
        <translation>Refuse and print the notice</translation>
    </message>
</context>
<context>
    <name>Reminder</name>
    <message>
        <source>一小时内到期：{number} {title}</source>
        <translation>Due within the hour: {number} {title}</translation>
    </message>
    <message>
        <source>，还有 {count} 件</source>
        <translation>, and {count} more</translation>
    </message>
    <message>
        <source>▲ {count} 件已过期</source>
        <translation>▲ {count} overdue</translation>
    </message>
    <message>
        <source>△ {count} 件今天到期</source>
        <translation>△ {count} due today</translation>
    </message>
</context>
<context>
    <name>RepeatsCard</name>
    <message>
        <source>重复诉求</source>
        <translation>Repeated complaints</translation>
    </message>
    <message>
        <source>上次 {number}</source>
        <translation>last time {number}</translation>
    </message>
    <message>
        <source>{count} 件，请换人核实</source>
        <translation>{count}; somebody else verifies</translation>
    </message>
</context>
<context>
    <name>ReportDetail</name>
    <message>
        <source>办理经过</source>
        <translation>History</translation>
    </message>
    <message>
        <source>第 {round} 轮</source>
        <translation>Round {round}</translation>
    </message>
    <message>
        <source>补充备注</source>
        <translation>Add a note</translation>
    </message>
    <message>
        <source>修改登记内容</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>恢复这件事件</source>
        <translation>Restore this report</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>匿名反映</source>
        <translation>Anonymous</translation>
    </message>
    <message>
        <source>要求保密，派遣和反馈时不透露是谁反映的</source>
        <translation>Confidential: do not say who reported it when dispatching or answering</translation>
    </message>
    <message>
        <source>来源：{source}</source>
        <translation>Source: {source}</translation>
    </message>
    <message>
        <source>恢复办理</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>已恢复，可以继续办理</source>
        <translation>Restored; it can be handled again</translation>
    </message>
    <message>
        <source>作废这件事件</source>
        <translation>Void this report</translation>
    </message>
    <message>
        <source>保存备注</source>
        <translation>Save the note</translation>
    </message>
    <message>
        <source>{number} 已作废</source>
        <translation>{number} voided</translation>
    </message>
    <message>
        <source>备注已保存在本机</source>
        <translation>Note saved on this desk</translation>
    </message>
    <message>
        <source>{number}：{action}，已保存在本机</source>
        <translation>{number}: {action}; saved on this desk</translation>
    </message>
    <message>
        <source>撤销作废</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>已撤销作废</source>
        <translation>Restored</translation>
    </message>
    <message>
        <source>修改已保存在本机，尚未送达中心</source>
        <translation>Changes saved on this desk, not yet at the centre</translation>
    </message>
    <message>
        <source>{step}（补充材料）</source>
        <translation>{step} (supplementary)</translation>
    </message>
    <message>
        <source>已提出认领，等中心确认</source>
        <translation>Claimed; waiting for the centre</translation>
    </message>
    <message>
        <source>已提出放弃，等中心确认</source>
        <translation>Given back; waiting for the centre</translation>
    </message>
    <message>
        <source>已提出改派，等中心确认</source>
        <translation>Reassigned; waiting for the centre</translation>
    </message>
    <message>
        <source>已提出转出，等中心确认</source>
        <translation>Handed over; waiting for the centre</translation>
    </message>
    <message>
        <source>社区名、拼音或代码</source>
        <translation>Community: name, pinyin or code</translation>
    </message>
    <message>
        <source>{action}，已保存在本机</source>
        <translation>{action}: saved on this desk</translation>
    </message>
    <message>
        <source>重复诉求</source>
        <translation>repeated complaint</translation>
    </message>
    <message>
        <source>已关联，两件都保留，随时可以解除</source>
        <translation>Linked; both stay, and it can be undone at any time</translation>
    </message>
    <message>
        <source>已解除关联，经过都还在</source>
        <translation>Unlinked; the history stays</translation>
    </message>
    <message>
        <source>打印告知单…</source>
        <translation>Print the notice…</translation>
    </message>
    <message>
        <source>打印回执…</source>
        <translation>Print the receipt…</translation>
    </message>
    <message>
        <source>转办件已保存在本机，同步后由中心发出</source>
        <translation>The order is saved here; the centre sends it after the next exchange</translation>
    </message>
    <message>
        <source>已转出，转办件早先已经发出</source>
        <translation>Referred; its order went earlier</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Withdrawn</translation>
    </message>
</context>
<context>
    <name>ReportFilters</name>
    <message>
        <source>已过期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>将到期</source>
        <translation>Due soon</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>On time</translation>
    </message>
    <message>
        <source>今天登记</source>
        <translation>Recorded today</translation>
    </message>
    <message>
        <source>昨天以来</source>
        <translation>Since yesterday</translation>
    </message>
    <message>
        <source>近 7 天</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <source>近 30 天</source>
        <translation>Last 30 days</translation>
    </message>
    <message>
        <source>近 90 天</source>
        <translation>Last 90 days</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>&quot;{text}&quot;</translation>
    </message>
    <message>
        <source>全部状态</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>全部类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>全部期限</source>
        <translation>All due days</translation>
    </message>
    <message>
        <source>全部来源</source>
        <translation>All sources</translation>
    </message>
    <message>
        <source>全部网格</source>
        <translation>All grids</translation>
    </message>
    <message>
        <source>全部时间</source>
        <translation>Any time</translation>
    </message>
    <message>
        <source>更多筛选</source>
        <translation>More</translation>
    </message>
    <message>
        <source>更多筛选：期限、时间、来源、网格</source>
        <translation>More filters: due day, time, source, grid</translation>
    </message>
    <message>
        <source>{since} 至 {until}</source>
        <translation>{since} to {until}</translation>
    </message>
    <message>
        <source>{day} 以后</source>
        <translation>from {day}</translation>
    </message>
    <message>
        <source>{day} 以前</source>
        <translation>until {day}</translation>
    </message>
    <message>
        <source>登记的日子</source>
        <translation>Days of recording</translation>
    </message>
    <message>
        <source>两头都算；可以只填一头。</source>
        <translation>Both days count; one of them may stay empty.</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>从</source>
        <translation>From</translation>
    </message>
    <message>
        <source>到</source>
        <translation>To</translation>
    </message>
    <message>
        <source>要在开始的日子以后</source>
        <translation>It must not be before the first day</translation>
    </message>
    <message>
        <source>选日子…</source>
        <translation>Choose days…</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>closed</translation>
    </message>
    <message>
        <source>有居民评价</source>
        <translation>answered by residents</translation>
    </message>
    <message>
        <source>上交</source>
        <translation>handed up</translation>
    </message>
    <message>
        <source>网格内解决</source>
        <translation>solved within the grid</translation>
    </message>
    <message>
        <source>社区内解决</source>
        <translation>solved within the community</translation>
    </message>
    <message>
        <source>有评价的办结</source>
        <translation>closed and rated</translation>
    </message>
    <message>
        <source>未评价</source>
        <translation>closed, not rated</translation>
    </message>
    <message>
        <source>按期办结</source>
        <translation>closed on time</translation>
    </message>
    <message>
        <source>逾期办结</source>
        <translation>closed late</translation>
    </message>
    <message>
        <source>办结、没有期限</source>
        <translation>closed, without a limit</translation>
    </message>
    <message>
        <source>评价满意（含非常满意）</source>
        <translation>satisfied or very satisfied</translation>
    </message>
    <message>
        <source>评价：{word}</source>
        <translation>rated: {word}</translation>
    </message>
    <message>
        <source>{month} {part}</source>
        <translation>{month} {part}</translation>
    </message>
    <message>
        <source>不再只看这个统计数</source>
        <translation>Show other reports too</translation>
    </message>
    <message>
        <source>只看 {figure}；按下后看全部</source>
        <translation>Only {figure}; press to show all</translation>
    </message>
</context>
<context>
    <name>ReportForm</name>
    <message>
        <source>什么事</source>
        <translation>What it is about</translation>
    </message>
    <message>
        <source>谁反映的</source>
        <translation>Who reported it</translation>
    </message>
    <message>
        <source>一句话说清，例如：3幢门口路灯不亮</source>
        <translation>In one sentence, such as: lamp at building 3 is out</translation>
    </message>
    <message>
        <source>输入字或拼音首字母，按 ↓ 看全部</source>
        <translation>Type characters or pinyin initials; ↓ shows all</translation>
    </message>
    <message>
        <source>社区、路名、门牌或楼栋</source>
        <translation>Community, road, house number or building</translation>
    </message>
    <message>
        <source>经过、影响，以及居民希望怎样解决</source>
        <translation>What happened, what it causes, and what the resident hopes for</translation>
    </message>
    <message>
        <source>匿名反映，不记姓名和电话</source>
        <translation>Anonymous: no name and no phone is kept</translation>
    </message>
    <message>
        <source>姓名；已登记的居民可按拼音或电话尾号选</source>
        <translation>Name; residents on record can be found by pinyin or end of phone</translation>
    </message>
    <message>
        <source>姓名保密，派遣和反馈时不透露是谁反映的</source>
        <translation>Keep the name secret when dispatching and answering</translation>
    </message>
    <message>
        <source>已登记 {value}，不改请留空</source>
        <translation>On record: {value}; leave empty to keep it</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>位置（纬度,经度）</source>
        <translation>Place (latitude,longitude)</translation>
    </message>
    <message>
        <source>由照片或地址带出，可以空着</source>
        <translation>Comes with a photo or an address; may stay empty</translation>
    </message>
    <message>
        <source>身份证号码（登记为居民，可不填）</source>
        <translation>Identity number (records the resident; optional)</translation>
    </message>
    <message>
        <source>来自这个地址以前的登记</source>
        <translation>From an earlier report of this address</translation>
    </message>
    <message>
        <source>来自照片；照片给别人看时不带位置</source>
        <translation>From the photo; others see the photo without it</translation>
    </message>
    <message>
        <source>不予受理…</source>
        <translation>Not taken on…</translation>
    </message>
    <message>
        <source>并排对照</source>
        <translation>Side by side</translation>
    </message>
    <message>
        <source>可能已经登记过：{title}，{moment}登记，{distance}，{grounds}</source>
        <translation>May have been recorded already: {title}, {moment}, {distance}, {grounds}</translation>
    </message>
    <message>
        <source>丢弃这份草稿和它的附件？</source>
        <translation>Throw away this draft and its files?</translation>
    </message>
    <message>
        <source>附件会从本机删除，不能撤销。</source>
        <translation>The files are deleted from this desk; that cannot be undone.</translation>
    </message>
    <message>
        <source>丢弃</source>
        <translation>Throw away</translation>
    </message>
    <message>
        <source>草稿已丢弃</source>
        <translation>Draft thrown away</translation>
    </message>
    <message>
        <source>扬言动手、有人受伤或有危险：先拨110</source>
        <translation>Violence threatened, somebody hurt or in danger: call 110 first</translation>
    </message>
    <message>
        <source>登记时先记下报警电话；没有网络也能存，联网后走在最前面</source>
        <translation>The call to the police is written down before it is saved; it is kept without a network, and goes first once there is one</translation>
    </message>
    <message>
        <source>扬言动手或有人身危险</source>
        <translation>Violence threatened, or danger to life or limb</translation>
    </message>
</context>
<context>
    <name>ReportLoop</name>
    <message>
        <source>还没有反馈</source>
        <translation>Not yet reported back</translation>
    </message>
    <message>
        <source>请换人核实</source>
        <translation>Somebody else verifies</translation>
    </message>
    <message>
        <source>居民不满意，上一轮由您核实，这一轮请别的同事去看。</source>
        <translation>The resident was not satisfied and you verified the last round; let a colleague look this time.</translation>
    </message>
    <message>
        <source>所凭附件 {count} 个</source>
        <translation>Relies on {count} attachment(s)</translation>
    </message>
    <message>
        <source>地点：{place}</source>
        <translation>Place: {place}</translation>
    </message>
    <message>
        <source>提出申请</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>催办、督办</source>
        <translation>Remind or supervise</translation>
    </message>
    <message>
        <source>由另一个人批准后才生效；批准以前期限和状态都不变。</source>
        <translation>It takes effect when another person approves; until then deadline and state stay as they are.</translation>
    </message>
    <message>
        <source>延期时填写。</source>
        <translation>For a delay.</translation>
    </message>
    <message>
        <source>挂起时填写。</source>
        <translation>For a suspension.</translation>
    </message>
    <message>
        <source>几个单位之间用顿号分开；主办单位不用写。</source>
        <translation>Separate several units by commas; the lead unit is not listed.</translation>
    </message>
    <message>
        <source>补充说明（可不填）</source>
        <translation>Remarks (optional)</translation>
    </message>
    <message>
        <source>{number}：{action}，已保存在本机</source>
        <translation>{number}: {action}, saved on this desk</translation>
    </message>
    <message>
        <source>挂起到 {when}</source>
        <translation>until {when}</translation>
    </message>
    <message>
        <source>延长 {amount} 个{unit}</source>
        <translation>By {amount} {unit}</translation>
    </message>
    <message>
        <source>挂起已到期</source>
        <translation>Suspension over</translation>
    </message>
    <message>
        <source>原来的单位在办理经过里看得到改派给了谁、为什么。</source>
        <translation>The unit that had it reads in the history to whom it went and why.</translation>
    </message>
    <message>
        <source>重复诉求</source>
        <translation>repeated complaint</translation>
    </message>
    <message>
        <source>超过期限</source>
        <translation>over its limit</translation>
    </message>
    <message>
        <source>第二次不满意</source>
        <translation>not satisfied a second time</translation>
    </message>
    <message>
        <source>本机推算，送达后以中心为准</source>
        <translation>reckoned by this desk; the centre&apos;s word counts once it is sent</translation>
    </message>
    <message>
        <source>自动督办</source>
        <translation>Supervised by itself</translation>
    </message>
    <message>
        <source>{when}起</source>
        <translation>since {when}</translation>
    </message>
</context>
<context>
    <name>ReportRecords</name>
    <message>
        <source>登记事件</source>
        <translation>New report</translation>
    </message>
    <message>
        <source>未办结</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>没有未办结的事件</source>
        <translation>No open reports</translation>
    </message>
    <message>
        <source>居民反映的、巡逻看到的、别的系统转来的，都在这里登记和办理。</source>
        <translation>What residents tell, what patrols see and what other systems send is recorded and handled here.</translation>
    </message>
    <message>
        <source>这个筛选下没有事件</source>
        <translation>No report fits this filter</translation>
    </message>
    <message>
        <source>换一个筛选试试。</source>
        <translation>Try another filter.</translation>
    </message>
    <message>
        <source>搜编号、事项、地点、姓名拼音、电话尾号（/）</source>
        <translation>Number, matter, place, name in pinyin, end of phone (/)</translation>
    </message>
    <message>
        <source>{number} 已登记。已保存在本机，尚未送达中心。</source>
        <translation>{number} recorded. Saved on this desk, not yet at the centre.</translation>
    </message>
    <message>
        <source>我承办的</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>没有由您承办的事件</source>
        <translation>You handle no report now</translation>
    </message>
    <message>
        <source>在事件里按“申请认领”，中心确认后会列在这里。</source>
        <translation>Press &quot;Claim&quot; in a report; once the centre confirms, it is listed here.</translation>
    </message>
    <message>
        <source>按期限</source>
        <translation>By due day</translation>
    </message>
    <message>
        <source>选中的 {count} 件</source>
        <translation>{count} selected</translation>
    </message>
</context>
<context>
    <name>ReportSteps</name>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>补充说明（可不填）</source>
        <translation>Remark (optional)</translation>
    </message>
    <message>
        <source>输入几个字，可选以前派过的单位。</source>
        <translation>Type a few characters to choose a unit used before.</translation>
    </message>
    <message>
        <source>居民不满意的地方</source>
        <translation>What the resident is not satisfied with</translation>
    </message>
    <message>
        <source>谁去看的、什么时候、看到什么。</source>
        <translation>Who went, when, and what was seen.</translation>
    </message>
    <message>
        <source>做了什么、结果怎样，将如实反馈给居民。</source>
        <translation>What was done and what came of it; the resident is told exactly this.</translation>
    </message>
    <message>
        <source>打的是哪个号码；当面告知可不填。</source>
        <translation>The number that was called; not needed when told in person.</translation>
    </message>
    <message>
        <source>只记居民自己的话；没有答复请用“未评价办结”，不满意请用“退回重办”。</source>
        <translation>Only the resident&apos;s own words; without an answer use &quot;Close without rating&quot;, if not satisfied &quot;Return for handling&quot;.</translation>
    </message>
    <message>
        <source>转到哪里</source>
        <translation>To where</translation>
    </message>
    <message>
        <source>中心确认后，这件事件连同经过和附件一起离开本站。</source>
        <translation>Once the centre confirms, the report leaves this station with its history and files.</translation>
    </message>
    <message>
        <source>协办单位（可不填）</source>
        <translation>Units that help (optional)</translation>
    </message>
    <message>
        <source>几个单位之间用顿号分开；都反馈了才能处置完成。</source>
        <translation>Separate several units by commas; the work is finished when all have reported back.</translation>
    </message>
    <message>
        <source>转 110 要先打电话：下一步记下谁打的、谁接的警，转办件一起发出。</source>
        <translation>110 takes a call first: next comes who called and who took it, and the order goes with it.</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>事件</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>登记、核实、派遣、处置、反馈、评价，一件一件有头有尾</source>
        <translation>Recorded, verified, dispatched, handled, answered, rated: each one to its end</translation>
    </message>
    <message>
        <source>登记事件</source>
        <translation>New report</translation>
    </message>
    <message>
        <source>早间清单…</source>
        <translation>Morning sheet…</translation>
    </message>
    <message>
        <source>打印这个列表…</source>
        <translation>Print this list…</translation>
    </message>
    <message>
        <source>导出为 Excel…</source>
        <translation>Export to Excel…</translation>
    </message>
    <message>
        <source>清单</source>
        <translation>Lists</translation>
    </message>
    <message>
        <source>早间清单、打印、导出</source>
        <translation>Morning sheet, print, export</translation>
    </message>
    <message>
        <source>派错清单…</source>
        <translation>Wrongly dispatched…</translation>
    </message>
    <message>
        <source>月度统计…</source>
        <translation>Monthly figures…</translation>
    </message>
</context>
<context>
    <name>ReturnedSheet</name>
    <message>
        <source>派错清单</source>
        <translation>Wrongly dispatched</translation>
    </message>
    <message>
        <source>各单位的退回率</source>
        <translation>Share that each unit sent back</translation>
    </message>
    <message>
        <source>退回的事件</source>
        <translation>Reports that came back</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>最近退回的</source>
        <translation>What came back last</translation>
    </message>
    <message>
        <source>还没有派出过事件。</source>
        <translation>Nothing has been dispatched yet.</translation>
    </message>
    <message>
        <source>没有退回的，都派对了。</source>
        <translation>Nothing came back: all went to the right unit.</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>派出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Came back</translation>
    </message>
    <message>
        <source>退回率</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>近 {days} 天派出以后又退回来的，按单位算；撤销的批量派遣不算。</source>
        <translation>What was dispatched in the last {days} days and came back, by unit; bulk dispatches that were undone do not count.</translation>
    </message>
</context>
<context>
    <name>RewardDetail</name>
    <message>
        <source>{n} 分</source>
        <translation>{n} points</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>现有库存</source>
        <translation>In stock</translation>
    </message>
    <message>
        <source>{n} 件</source>
        <translation>{n} pieces</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
</context>
<context>
    <name>RewardForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>一共进过多少件；再进货时改成新的总数，只能增加</source>
        <translation>All pieces that ever came in; write the new total when more arrive. It only grows</translation>
    </message>
</context>
<context>
    <name>RewardRecords</name>
    <message>
        <source>添加礼品</source>
        <translation>Add a reward</translation>
    </message>
    <message>
        <source>已保存在本机，尚未送达中心。</source>
        <translation>Saved on this desk, not at the centre yet.</translation>
    </message>
    <message>
        <source>{n} 分</source>
        <translation>{n} points</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有礼品</source>
        <translation>No rewards yet</translation>
    </message>
    <message>
        <source>写明所需积分和数量，志愿者就能用积分兑换。</source>
        <translation>Write what it costs and how many there are, and volunteers can exchange points for it.</translation>
    </message>
    <message>
        <source>搜礼品名称或拼音首字母（/）</source>
        <translation>Search rewards by name or pinyin initials (/)</translation>
    </message>
    <message>
        <source>可兑 {n} 件</source>
        <translation>{n} left</translation>
    </message>
</context>
<context>
    <name>RoundDetail</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>他站志愿者</source>
        <translation>a volunteer of another station</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
</context>
<context>
    <name>RoundForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>名称或拼音</source>
        <translation>Name or pinyin</translation>
    </message>
</context>
<context>
    <name>RoundRecords</name>
    <message>
        <source>开始记录</source>
        <translation>Start writing</translation>
    </message>
    <message>
        <source>记录巡防</source>
        <translation>Log a round</translation>
    </message>
    <message>
        <source>已保存在本机。在右边添加巡防结果。</source>
        <translation>Saved on this desk. Add what came of it on the right.</translation>
    </message>
    <message>
        <source>{n} 人</source>
        <translation>{n} people</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>巡防中</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有巡防记录</source>
        <translation>No rounds yet</translation>
    </message>
    <message>
        <source>厝边阿姨和巡防队出去一趟，谁去了、发现了什么，记在这里。</source>
        <translation>Whenever a team goes out: who went and what they found belongs here.</translation>
    </message>
    <message>
        <source>这个筛选下没有记录</source>
        <translation>Nothing under this filter</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>录入标准</source>
        <translation>Enter the rate</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>按案件结束那天所在的标准算</source>
        <translation>A case is paid by the rate of the day on which it ended</translation>
    </message>
    <message>
        <source>定标准的文件，例如：×司〔2026〕3号</source>
        <translation>Number of the document that sets it</translation>
    </message>
</context>
<context>
    <name>RulesSheet</name>
    <message>
        <source>补贴标准</source>
        <translation>Subsidy rates</translation>
    </message>
    <message>
        <source>录入标准…</source>
        <translation>Enter a rate…</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>定下的标准不改；要调整，从新的日期起另录一条，已补的案件不变。</source>
        <translation>A rate is not changed; to adjust it, enter another from a new day. What was paid stays.</translation>
    </message>
    <message>
        <source>还没有标准。标准由县里或司法所的文件定，程序不带现成的金额。</source>
        <translation>No rate yet. The county or the judicial office sets them; the program brings no amounts.</translation>
    </message>
    <message>
        <source>录入一条补贴标准</source>
        <translation>Enter a subsidy rate</translation>
    </message>
    <message>
        <source>已录入。已保存在本机，尚未送达中心。</source>
        <translation>Entered. Saved on this desk, not yet at the centre.</translation>
    </message>
</context>
<context>
    <name>SafetySection</name>
    <message>
        <source>备份和恢复</source>
        <translation>Backup and recovery</translation>
    </message>
    <message>
        <source>现在备份</source>
        <translation>Back up now</translation>
    </message>
    <message>
        <source>写完后会逐项核对，核对不过不算备份</source>
        <translation>Everything is checked after writing; what fails does not count</translation>
    </message>
    <message>
        <source>备份到 U 盘</source>
        <translation>Back up to a USB stick</translation>
    </message>
    <message>
        <source>备份也是加密的，丢了别人打不开</source>
        <translation>Backups are encrypted: nobody can open a lost one</translation>
    </message>
    <message>
        <source>备份文件夹</source>
        <translation>Backup folder</translation>
    </message>
    <message>
        <source>保留几份</source>
        <translation>How many to keep</translation>
    </message>
    <message>
        <source>旧的自动删掉</source>
        <translation>Older ones are removed</translation>
    </message>
    <message>
        <source>恢复密钥</source>
        <translation>Recovery key</translation>
    </message>
    <message>
        <source>换新以后，旧的立即失效</source>
        <translation>A new one makes the old one useless at once</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Back up</translation>
    </message>
    <message>
        <source>选文件夹…</source>
        <translation>Choose a folder…</translation>
    </message>
    <message>
        <source>数据文件夹里的 backups</source>
        <translation>backups in the data folder</translation>
    </message>
    <message>
        <source>换新的恢复密钥</source>
        <translation>Make a new recovery key</translation>
    </message>
    <message>
        <source>恢复：关闭窗口后运行 zzdesk restore 备份文件夹。原来的数据会移到一旁，不会被覆盖。</source>
        <translation>To restore: close the window and run zzdesk restore FOLDER. What was there is moved aside, never overwritten.</translation>
    </message>
    <message>
        <source>正在备份并核对……可以继续工作。</source>
        <translation>Backing up and checking… you can go on working.</translation>
    </message>
    <message>
        <source>备份到哪里</source>
        <translation>Where to back up</translation>
    </message>
    <message>
        <source>{when} 备份完成，{records} 条记录已核对。</source>
        <translation>{when}: backup done, {records} records checked.</translation>
    </message>
    <message>
        <source>没有备份成：{why} 以前的备份没有动。</source>
        <translation>No backup was made: {why} Earlier backups are untouched.</translation>
    </message>
    <message>
        <source>旧的恢复密钥会立即失效，这一步不能撤销。</source>
        <translation>The old recovery key stops working at once; this cannot be undone.</translation>
    </message>
    <message>
        <source>换新</source>
        <translation>Make a new one</translation>
    </message>
    <message>
        <source>新的恢复密钥</source>
        <translation>New recovery key</translation>
    </message>
    <message>
        <source>只显示这一次，请抄下或存到 U 盘。</source>
        <translation>Shown only now: write it down or save it to a USB stick.</translation>
    </message>
</context>
<context>
    <name>SavedFilters</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>名字</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>保存这个筛选</source>
        <translation>Save this filter</translation>
    </message>
    <message>
        <source>改名…</source>
        <translation>Rename…</translation>
    </message>
    <message>
        <source>换成现在的筛选</source>
        <translation>Replace by the present filter</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>给筛选改名</source>
        <translation>Rename a filter</translation>
    </message>
    <message>
        <source>“{name}”已换成现在的筛选</source>
        <translation>&quot;{name}&quot; now stands for the present filter</translation>
    </message>
    <message>
        <source>筛选“{name}”已删除</source>
        <translation>The filter &quot;{name}&quot; was deleted</translation>
    </message>
</context>
<context>
    <name>Saying</name>
    <message>
        <source>记下</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>说了什么。Enter 记下，Shift+Enter 换行</source>
        <translation>What was said. Enter notes it, Shift+Enter breaks the line</translation>
    </message>
    <message>
        <source>说了什么</source>
        <translation>What was said</translation>
    </message>
    <message>
        <source>金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
    <message>
        <source>方案金额（元）</source>
        <translation>Amount of the offer (yuan)</translation>
    </message>
    <message>
        <source>Alt+数字换人，Alt+字母换类型</source>
        <translation>Alt+digit: who; Alt+letter: what</translation>
    </message>
    <message>
        <source>还没有写内容</source>
        <translation>Nothing is written yet</translation>
    </message>
    <message>
        <source>已恢复没有记完的一句</source>
        <translation>The unfinished sentence is back</translation>
    </message>
    <message>
        <source>没记完的一句已保存在本机</source>
        <translation>Unfinished sentence saved here</translation>
    </message>
    <message>
        <source>已记下，已保存在本机</source>
        <translation>Noted and saved here</translation>
    </message>
</context>
<context>
    <name>SearchPalette</name>
    <message>
        <source>搜索事件、人、案件，或输入页面和操作</source>
        <translation>Search reports, people, cases, pages and actions</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>↑↓ 选择 · Enter 打开 · Esc 关闭 · 姓名可用拼音首字母</source>
        <translation>↑↓ choose · Enter open · Esc close · pinyin initials find names</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>换一个词试试：标题、姓名、电话后四位、编号都可以。</source>
        <translation>Try another word: a title, a name, the last four digits of a phone, a number.</translation>
    </message>
</context>
<context>
    <name>Seats</name>
    <message>
        <source>报名的人</source>
        <translation>Signed up</translation>
    </message>
    <message>
        <source>添加报名的志愿者</source>
        <translation>Add a volunteer</translation>
    </message>
    <message>
        <source>名额 {places}，已确认 {granted}</source>
        <translation>{places} places, {granted} confirmed</translation>
    </message>
    <message>
        <source>候补 {waiting}</source>
        <translation>{waiting} waiting</translation>
    </message>
    <message>
        <source>添加报名：姓名、拼音、编号或电话尾号</source>
        <translation>Add: name, pinyin, number or end of phone</translation>
    </message>
    <message>
        <source>报名电脑的时钟快 {n} 分钟，不影响先后</source>
        <translation>that desk&apos;s clock was {n} min fast; the order is unaffected</translation>
    </message>
    <message>
        <source>报名电脑的时钟慢 {n} 分钟，不影响先后</source>
        <translation>that desk&apos;s clock was {n} min slow; the order is unaffected</translation>
    </message>
    <message>
        <source>一年内缺席 {n} 次</source>
        <translation>missed {n} times this year</translation>
    </message>
    <message>
        <source>第 {n} 个名额</source>
        <translation>Place {n}</translation>
    </message>
    <message>
        <source>已申请，联网后确认</source>
        <translation>Asked; the centre confirms</translation>
    </message>
    <message>
        <source>计 {hours} 小时</source>
        <translation>counts {hours} h</translation>
    </message>
    <message>
        <source>忘记签退，按计划结束时间计</source>
        <translation>forgot to check out, counted to the planned end</translation>
    </message>
    <message>
        <source>{came} 至 {left}</source>
        <translation>{came} to {left}</translation>
    </message>
    <message>
        <source>现场补录</source>
        <translation>added on the spot</translation>
    </message>
    <message>
        <source>在上面输入姓名添加报名。名额由中心按到达先后确认。</source>
        <translation>Type a name above to sign somebody up. The centre confirms places in the order of arrival.</translation>
    </message>
    <message>
        <source>还没有人报名</source>
        <translation>Nobody has signed up</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>{name}：{action}，已保存在本机</source>
        <translation>{name}: {action}, saved on this desk</translation>
    </message>
    <message>
        <source>{name}：已申请，联网后确认</source>
        <translation>{name}: asked for; the centre confirms once online</translation>
    </message>
    <message>
        <source>候补第 {n} 位</source>
        <translation>No. {n} on the waitlist</translation>
    </message>
</context>
<context>
    <name>SessionForm</name>
    <message>
        <source>开始记录</source>
        <translation>Start writing</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>社区调解室</source>
        <translation>Mediation room of the community</translation>
    </message>
    <message>
        <source>纬度,经度，从手机地图上抄；不知道就不填</source>
        <translation>Latitude,longitude, copied from a map on the phone; leave it empty if unknown</translation>
    </message>
</context>
<context>
    <name>SessionRoom</name>
    <message>
        <source>调解记录</source>
        <translation>Session record</translation>
    </message>
    <message>
        <source>还没有记下任何陈述</source>
        <translation>No statement was noted yet</translation>
    </message>
    <message>
        <source>返回案卷</source>
        <translation>Back to the file</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Large type</translation>
    </message>
    <message>
        <source>有动手危险…</source>
        <translation>Danger of violence…</translation>
    </message>
    <message>
        <source>1 记录</source>
        <translation>1 Notes</translation>
    </message>
    <message>
        <source>2 宣读</source>
        <translation>2 Reading out</translation>
    </message>
    <message>
        <source>3 签名</source>
        <translation>3 Signatures</translation>
    </message>
    <message>
        <source>调解的各步</source>
        <translation>Steps of the session</translation>
    </message>
    <message>
        <source>第 {n} 次调解</source>
        <translation>Session {n}</translation>
    </message>
    <message>
        <source>已报110</source>
        <translation>110 was called</translation>
    </message>
    <message>
        <source>这次调解已经结束</source>
        <translation>This session is closed</translation>
    </message>
    <message>
        <source>记录已经定稿，在案卷的“调解记录”里查看。</source>
        <translation>The record is final; read it in the file under Sessions.</translation>
    </message>
    <message>
        <source>调解已经停止</source>
        <translation>Mediation has stopped</translation>
    </message>
    <message>
        <source>当事人一方已明确拒绝调解，不得调解（人民调解法第十七条）。</source>
        <translation>A party has clearly refused; there shall be no mediation (People&apos;s Mediation Law, article 17).</translation>
    </message>
    <message>
        <source>这件纠纷已经结束</source>
        <translation>This case has ended</translation>
    </message>
    <message>
        <source>不能再记录。记下的都在案卷里。</source>
        <translation>Nothing more can be noted. What was noted is in the file.</translation>
    </message>
    <message>
        <source>下一步：宣读</source>
        <translation>Next: read out</translation>
    </message>
    <message>
        <source>下一步：签名</source>
        <translation>Next: sign</translation>
    </message>
    <message>
        <source>结束本次调解</source>
        <translation>End this session</translation>
    </message>
    <message>
        <source>打不开这次调解</source>
        <translation>This session cannot be opened</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>还有人没有签名</source>
        <translation>Somebody has not signed</translation>
    </message>
    <message>
        <source>写明谁为什么没有签、谁在场见证；原因会写进这次记录。</source>
        <translation>Write who did not sign, why, and who saw it; it is noted in this session.</translation>
    </message>
    <message>
        <source>本次调解已结束，记录已定稿。</source>
        <translation>The session has ended and its record is final.</translation>
    </message>
    <message>
        <source>离开了调解室，录音已暂停。</source>
        <translation>You left the room: recording is paused.</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>还没有调解记录</source>
        <translation>No sessions yet</translation>
    </message>
    <message>
        <source>开始后边谈边记，打字停一下就保存在本机，断电也不丢。</source>
        <translation>Write as you talk: every pause saves on this desk, and a power cut loses nothing.</translation>
    </message>
    <message>
        <source>开始一次调解</source>
        <translation>Start a session</translation>
    </message>
    <message>
        <source>再开一次调解</source>
        <translation>Another session</translation>
    </message>
    <message>
        <source>第 {n} 次</source>
        <translation>Session {n}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>进入调解室</source>
        <translation>Enter the room</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>外观和习惯</source>
        <translation>Appearance and habits</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Accounts</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>This desk</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>改动立即生效</source>
        <translation>Changes take effect at once</translation>
    </message>
    <message>
        <source>设置分类</source>
        <translation>Sections</translation>
    </message>
    <message>
        <source>备份和安全</source>
        <translation>Backup and safety</translation>
    </message>
    <message>
        <source>查看记录</source>
        <translation>Read log</translation>
    </message>
    <message>
        <source>工作日和办公时间</source>
        <translation>Working days and hours</translation>
    </message>
    <message>
        <source>自助机</source>
        <translation>Kiosk</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>原因（必填）</source>
        <translation>Reason (required)</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>SheetForm</name>
    <message>
        <source>列出可以补贴的案件</source>
        <translation>List the cases that can be paid</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>写成 2026-03；这个月底以前结束、已经归档的案件都列入</source>
        <translation>Written as 2026-03; every archived case that ended by the end of that month is listed</translation>
    </message>
    <message>
        <source>制一张补贴表</source>
        <translation>Draw up a subsidy sheet</translation>
    </message>
    <message>
        <source>已列好，请看每件的难易。已保存在本机。</source>
        <translation>Listed: look at how hard each case was. Saved on this desk.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>工作台</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>零工</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source>调解</source>
        <translation>Mediation</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>搜索记录、人和页面</source>
        <translation>Search records, people and pages</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>锁屏、换账号、外观</source>
        <translation>Lock, theme, language</translation>
    </message>
    <message>
        <source>帮助 F1</source>
        <translation>Help F1</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>快捷键</source>
        <translation>Shortcuts</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock the screen</translation>
    </message>
    <message>
        <source>群防</source>
        <translation>Patrols</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
</context>
<context>
    <name>SignDays</name>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>调委会印章</source>
        <translation>Committee&apos;s seal</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
<context>
    <name>SignUpNewsBanner</name>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source> 另有 {n} 条。</source>
        <translation> And {n} more.</translation>
    </message>
    <message>
        <source>{name}在“{task}”的名额已由中心确认。</source>
        <translation>The centre has confirmed {name}&apos;s place in &quot;{task}&quot;.</translation>
    </message>
    <message>
        <source>{name}在“{task}”候补第 {n} 位，有人退出会自动递补。</source>
        <translation>{name} is no. {n} on the waitlist of &quot;{task}&quot; and moves up when somebody withdraws.</translation>
    </message>
    <message>
        <source>{name}没能参加“{task}”：{why}。</source>
        <translation>{name} cannot take part in &quot;{task}&quot;: {why}.</translation>
    </message>
</context>
<context>
    <name>Signing</name>
    <message>
        <source>签在纸上了，添加扫描件…</source>
        <translation>Signed on paper: add the scan…</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>笔、手指或鼠标都可以</source>
        <translation>pen, finger or mouse</translation>
    </message>
    <message>
        <source>请在框内签名。签名、时间和谁签的会一起保存并计算校验值。</source>
        <translation>Please sign in the frame. The signature is kept with the time and who signed, and its hash is computed.</translation>
    </message>
    <message>
        <source>签好了</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>重签</source>
        <translation>Sign again</translation>
    </message>
    <message>
        <source>已签名</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>还没签名</source>
        <translation>not signed yet</translation>
    </message>
    <message>
        <source>签名…</source>
        <translation>Sign…</translation>
    </message>
    <message>
        <source>{name} 签名</source>
        <translation>{name} signs</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>去办</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>还缺什么</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <source>都齐了</source>
        <translation>nothing</translation>
    </message>
    <message>
        <source>选签名纸的扫描件或照片</source>
        <translation>Choose the scan or photo of the signed paper</translation>
    </message>
    <message>
        <source>纸上有谁的签名</source>
        <translation>Whose signatures are on the paper</translation>
    </message>
    <message>
        <source>点选在这张纸上签了名的人。</source>
        <translation>Tick who has signed on this paper.</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>签名已加密保存在本机，尚未送达中心</source>
        <translation>Signature encrypted and saved here; not at the centre yet</translation>
    </message>
</context>
<context>
    <name>Slip</name>
    <message>
        <source>不予受理告知单</source>
        <translation>Notice: not taken on</translation>
    </message>
    <message>
        <source>登记回执</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>{label}：{value}</source>
        <translation>{label}: {value}</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>登记时间</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>反映人</source>
        <translation>Reported by</translation>
    </message>
    <message>
        <source>不予受理的理由</source>
        <translation>Reason for not taking it on</translation>
    </message>
    <message>
        <source>您还可以</source>
        <translation>What you can do instead</translation>
    </message>
    <message>
        <source>对这个决定有疑问，请带上本单到窗口询问。</source>
        <translation>If you doubt this decision, bring this notice to the counter.</translation>
    </message>
    <message>
        <source>办理情况会反馈给您。查询时请带上本回执，或说出编号。</source>
        <translation>You will be told what becomes of it. To ask, bring this receipt or say the number.</translation>
    </message>
    <message>
        <source>匿名</source>
        <translation>anonymous</translation>
    </message>
    <message>
        <source>姓名保密</source>
        <translation>name kept secret</translation>
    </message>
    <message>
        <source>电话尾号 {tail}</source>
        <translation>phone ending in {tail}</translation>
    </message>
    <message>
        <source>没有留姓名</source>
        <translation>no name given</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>零工卡</source>
        <translation>Worker&apos;s card</translation>
    </message>
    <message>
        <source>在自助机上刷这张卡，再输手机号后四位（没有留手机的，输身份证号后四位），就可以找活、报名。</source>
        <translation>Hold this card to the kiosk&apos;s reader, then type the last four of your phone (of your identity number, if you gave no phone) to look for jobs and apply.</translation>
    </message>
    <message>
        <source>卡丢了请告诉工作人员。别人捡到没有号码也用不了。</source>
        <translation>Tell the staff if you lose it. Nobody who finds it can use it without your number.</translation>
    </message>
</context>
<context>
    <name>SlipSheet</name>
    <message>
        <source>交给居民的一张，大字；姓名已遮盖，电话只留尾号。</source>
        <translation>For the resident, in large type; the name is masked, of the phone only the end is left.</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>存为 PDF…</source>
        <translation>Keep as PDF…</translation>
    </message>
    <message>
        <source>不打印</source>
        <translation>Do not print</translation>
    </message>
    <message>
        <source>打印机没有反应，没有打印。可以先存为 PDF。</source>
        <translation>The printer does not answer; nothing was printed. Keep it as PDF for now.</translation>
    </message>
    <message>
        <source>已送往打印机</source>
        <translation>Sent to the printer</translation>
    </message>
    <message>
        <source>存为 PDF</source>
        <translation>Keep as PDF</translation>
    </message>
    <message>
        <source>已存为 PDF</source>
        <translation>Kept as PDF</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>{count} 项被退回</source>
        <translation>{count} sent back</translation>
    </message>
    <message>
        <source>没有被退回的改动</source>
        <translation>Nothing sent back</translation>
    </message>
    <message>
        <source>待决定的冲突</source>
        <translation>Conflicts to decide</translation>
    </message>
    <message>
        <source>停滞</source>
        <translation>Stuck</translation>
    </message>
    <message>
        <source>在线</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>与中心的连接</source>
        <translation>Connection</translation>
    </message>
    <message>
        <source>正在停下……</source>
        <translation>Stopping…</translation>
    </message>
    <message>
        <source>送出 {done} / {total}</source>
        <translation>Sent {done} of {total}</translation>
    </message>
    <message>
        <source>已收到 {done} 项</source>
        <translation>{done} received</translation>
    </message>
    <message>
        <source>正在交换……</source>
        <translation>Exchanging…</translation>
    </message>
    <message>
        <source>最早一项 {when}</source>
        <translation>Oldest {when}</translation>
    </message>
    <message>
        <source>{n} 项在中心暂存</source>
        <translation>{n} held at the centre</translation>
    </message>
    <message>
        <source>待送达</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>都已送达</source>
        <translation>All delivered</translation>
    </message>
    <message>
        <source>最近尝试 {when}</source>
        <translation>Last tried {when}</translation>
    </message>
    <message>
        <source>上次成功</source>
        <translation>Last success</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>中心正在恢复数据</source>
        <translation>The centre is recovering data</translation>
    </message>
    <message>
        <source>中心刚从备份恢复，正在把各站的内容补回去，不用做什么。</source>
        <translation>The centre was restored from a backup and takes back what the desks have; there is nothing to do.</translation>
    </message>
    <message>
        <source>记录时间以中心的时间校正；相差太多时请校准这台电脑的时钟。</source>
        <translation>Times are corrected by the centre&apos;s clock; if they differ much, set the clock of this computer.</translation>
    </message>
    <message>
        <source>剩余空间 {size}</source>
        <translation>{size} free</translation>
    </message>
    <message>
        <source>空间不多了，请清理磁盘，否则收不下新内容。</source>
        <translation>Little room is left; free some, or nothing new can be received.</translation>
    </message>
    <message>
        <source>附件待传 {size}</source>
        <translation>{size} of attachments waiting</translation>
    </message>
    <message>
        <source>时钟与中心一致</source>
        <translation>Clock agrees with the centre</translation>
    </message>
    <message>
        <source>时钟比中心慢 {n} 秒</source>
        <translation>Clock {n} s behind the centre</translation>
    </message>
    <message>
        <source>时钟比中心快 {n} 秒</source>
        <translation>Clock {n} s ahead of the centre</translation>
    </message>
    <message>
        <source>与中心核对不一致</source>
        <translation>Differs from the centre</translation>
    </message>
    <message>
        <source>{when} 与中心核对一致</source>
        <translation>Compared with the centre: {when}, the same</translation>
    </message>
    <message>
        <source>中心正常</source>
        <translation>Centre: normal</translation>
    </message>
    <message>
        <source>中心暂时只能查看</source>
        <translation>Centre is read-only for now</translation>
    </message>
    <message>
        <source>中心正在维护。可以照常工作，改动都留在本机，恢复后自动送出。</source>
        <translation>The centre is under maintenance. Work as usual: changes stay here and are sent when it is back.</translation>
    </message>
    <message>
        <source>离线登录已过期</source>
        <translation>Offline log-in has expired</translation>
    </message>
    <message>
        <source>太久没有连上中心。可以照常工作，但现在起做的要等站长同意才生效；连上一次中心就恢复。</source>
        <translation>The centre has not been reached for too long. Work as usual, but what is done from now on takes effect only when the head of the station agrees; reaching the centre once ends this.</translation>
    </message>
    <message>
        <source>离线登录还有 {n} 天</source>
        <translation>Offline log-in: {n} days left</translation>
    </message>
    <message>
        <source>到期前请连一次中心，否则到期后做的要等站长同意才生效。</source>
        <translation>Please reach the centre once before that, or what is done afterwards takes effect only when the head of the station agrees.</translation>
    </message>
    <message>
        <source>离线登录还有不到一天</source>
        <translation>Less than a day of offline log-in left</translation>
    </message>
</context>
<context>
    <name>StartForm</name>
    <message>
        <source>开始巡逻</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>自发巡逻</source>
        <translation>Self-started patrol</translation>
    </message>
    <message>
        <source>姓名、拼音、编号或电话尾号</source>
        <translation>Name, pinyin, number or end of phone</translation>
    </message>
    <message>
        <source>谁去</source>
        <translation>Who goes</translation>
    </message>
    <message>
        <source>计划几点结束</source>
        <translation>Planned end</translation>
    </message>
    <message>
        <source>忘记签退时按这个时间结束，超出的不计</source>
        <translation>A forgotten check-out is closed at this time; nothing beyond it counts</translation>
    </message>
    <message>
        <source>开始以后，也可以在名单里添加</source>
        <translation>Others can be added to the list later, too</translation>
    </message>
    <message>
        <source>去掉{name}</source>
        <translation>Take {name} away</translation>
    </message>
    <message>
        <source>一起去的人</source>
        <translation>Who goes along</translation>
    </message>
    <message>
        <source>一个一个输入，回车加上；都从现在起算在场</source>
        <translation>One by one, Enter adds; all are present from now on</translation>
    </message>
</context>
<context>
    <name>Statements</name>
    <message>
        <source>各方陈述</source>
        <translation>Statements</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n 处冲突待决定</source>
        <translation>
            <numerusform>%n conflict to decide</numerusform>
            <numerusform>%n conflicts to decide</numerusform>
        </translation>
    </message>
    <message>
        <source>内容都已保存在本机</source>
        <translation>Everything is saved on this desk</translation>
    </message>
    <message>
        <source>在线</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>离线 · 尚未接入中心</source>
        <translation>Offline · not joined to a centre</translation>
    </message>
    <message>
        <source>没有待送达</source>
        <translation>Nothing waiting</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>No changes</translation>
    </message>
    <message numerus="yes">
        <source>%n 项待送达</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
    <message>
        <source>还没有同步过</source>
        <translation>Never synced</translation>
    </message>
    <message>
        <source>上次同步 {when}</source>
        <translation>Last sync {when}</translation>
    </message>
    <message>
        <source>停滞：没有进展</source>
        <translation>Stuck: no progress</translation>
    </message>
    <message>
        <source>正在交换</source>
        <translation>Exchanging</translation>
    </message>
</context>
<context>
    <name>StepDeeds</name>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
</context>
<context>
    <name>SubjectDetail</name>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>撤销作废</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>已撤销作废</source>
        <translation>Restored</translation>
    </message>
    <message>
        <source>{action}，已保存在本机</source>
        <translation>{action}: saved on this desk</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>已恢复</source>
        <translation>Restored</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>修改已保存在本机，尚未送达中心</source>
        <translation>Changes saved on this desk, not yet at the centre</translation>
    </message>
</context>
<context>
    <name>SubjectRecords</name>
    <message>
        <source>全部状态</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>导出为 Excel（Ctrl+E）</source>
        <translation>Export to Excel (Ctrl+E)</translation>
    </message>
    <message>
        <source>打印这个列表（Ctrl+Shift+P）</source>
        <translation>Print this list (Ctrl+Shift+P)</translation>
    </message>
</context>
<context>
    <name>Subsidy</name>
    <message>
        <source>{amount} 元</source>
        <translation>¥{amount}</translation>
    </message>
    <message>
        <source>以案定补</source>
        <translation>Subsidy by cases</translation>
    </message>
    <message>
        <source>取下这件</source>
        <translation>Take this one off</translation>
    </message>
    <message>
        <source>制表…</source>
        <translation>Draw up…</translation>
    </message>
    <message>
        <source>补贴标准…</source>
        <translation>Rates…</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>所选案件的难易：</source>
        <translation>The chosen case was: </translation>
    </message>
    <message>
        <source>人民调解不收费；补贴是单位的账。卷宗归档后才补，一案只补一次，制表和审批是两个人。</source>
        <translation>Mediation is free of charge; the subsidy is the office&apos;s own account. Paid after the dossier is archived, once for each case, drawn up and approved by two people.</translation>
    </message>
    <message>
        <source>读不出补贴表</source>
        <translation>The sheets cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>补贴表；按回车到右边看里面的案件</source>
        <translation>Subsidy sheets; Enter goes to the cases at the right</translation>
    </message>
    <message>
        <source>补贴表里的案件；按回车打开案件</source>
        <translation>Cases on the sheet; Enter opens the case</translation>
    </message>
    <message>
        <source>{count} 件 · {total}</source>
        <translation>{count} cases · {total}</translation>
    </message>
    <message>
        <source>归档的成功案件按月制表，另一个人审批。还没有标准的，先录入补贴标准。</source>
        <translation>Archived successes are drawn up by month and approved by another person. Enter the rates first where there are none.</translation>
    </message>
    <message>
        <source>还没有补贴表</source>
        <translation>No subsidy sheet yet</translation>
    </message>
    <message>
        <source>选一张补贴表</source>
        <translation>Choose a sheet</translation>
    </message>
    <message>
        <source>制表 {name}</source>
        <translation>drawn up by {name}</translation>
    </message>
    <message>
        <source>审批 {name}</source>
        <translation>approved by {name}</translation>
    </message>
    <message>
        <source>您参与了制表或领取补贴，要由另一个人审批</source>
        <translation>you drew it up or are paid by it: another person approves</translation>
    </message>
    <message>
        <source>合计 {total}</source>
        <translation>total {total}</translation>
    </message>
    <message>
        <source>{count} 件</source>
        <translation>{count} cases</translation>
    </message>
    <message>
        <source>已改为“{level}”，金额按标准重算</source>
        <translation>Now &quot;{level}&quot;, the amount follows the rate</translation>
    </message>
    <message>
        <source>已取下，这件以后还可以补</source>
        <translation>Taken off; it can be paid later</translation>
    </message>
    <message>
        <source>{count} 件，合计 {total}。审批以后这张表不能再改。</source>
        <translation>{count} cases, total {total}. Once approved the sheet stays as it is.</translation>
    </message>
    <message>
        <source>{action}，已保存在本机</source>
        <translation>{action}: saved on this desk</translation>
    </message>
    <message>
        <source>退回给制表人修改。</source>
        <translation>Goes back to whoever drew it up.</translation>
    </message>
    <message>
        <source>已退回，已保存在本机</source>
        <translation>Returned, saved on this desk</translation>
    </message>
    <message>
        <source>导出补贴表</source>
        <translation>Export the sheet</translation>
    </message>
    <message>
        <source>已导出：{name}</source>
        <translation>Exported: {name}</translation>
    </message>
    <message>
        <source>案号</source>
        <translation>Case number</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>结束日期</source>
        <translation>Ended on</translation>
    </message>
    <message>
        <source>难易</source>
        <translation>Difficulty</translation>
    </message>
    <message>
        <source>协议形式</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>补贴（元）</source>
        <translation>Yuan</translation>
    </message>
</context>
<context>
    <name>SweepForm</name>
    <message>
        <source>记下排查</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>其中当场化解、没有成为纠纷的</source>
        <translation>of them settled on the spot, before they became disputes</translation>
    </message>
    <message>
        <source>不写当事人的姓名</source>
        <translation>No names of parties</translation>
    </message>
    <message>
        <source>记一次纠纷排查</source>
        <translation>Record a check for disputes</translation>
    </message>
    <message>
        <source>已记下。已保存在本机，尚未送达中心。</source>
        <translation>Recorded. Saved on this desk, not yet at the centre.</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>现在同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>决定冲突</source>
        <translation>Decide conflicts</translation>
    </message>
    <message>
        <source>待送达</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>被退回</source>
        <translation>Sent back</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>改动列表</source>
        <translation>List of changes</translation>
    </message>
    <message>
        <source>同步</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>没有被退回的改动</source>
        <translation>Nothing sent back</translation>
    </message>
    <message>
        <source>{what} 内容都保存在本机，连上后会自动送达。</source>
        <translation>{what} Everything is saved here and goes out once there is a connection.</translation>
    </message>
    <message>
        <source>送出 {n} 项</source>
        <translation>{n} sent</translation>
    </message>
    <message>
        <source>收到 {n} 项</source>
        <translation>{n} received</translation>
    </message>
    <message>
        <source>{n} 处冲突</source>
        <translation>{n} in conflict</translation>
    </message>
    <message>
        <source>{n} 项被退回</source>
        <translation>{n} sent back</translation>
    </message>
    <message>
        <source>同步完成：</source>
        <translation>Sync done: </translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>没有等待送达的改动</source>
        <translation>No changes waiting</translation>
    </message>
    <message>
        <source>在这里登记和修改的内容，送到中心之前会列在这里。</source>
        <translation>What is recorded and changed here is listed until it reaches the centre.</translation>
    </message>
    <message>
        <source>中心不能接受的改动会连同原因列在这里，不会丢失。</source>
        <translation>Changes that the centre cannot take are listed with the reason; none is lost.</translation>
    </message>
    <message>
        <source>还没有送达的改动</source>
        <translation>Nothing delivered yet</translation>
    </message>
    <message>
        <source>中心确认收到的改动会列在这里。</source>
        <translation>Changes that the centre has confirmed are listed here.</translation>
    </message>
    <message>
        <source>读不出列表</source>
        <translation>The list cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>都再送一次</source>
        <translation>Send all again</translation>
    </message>
    <message>
        <source>已处理</source>
        <translation>Dealt with</translation>
    </message>
    <message>
        <source>选一项改动</source>
        <translation>Choose a change</translation>
    </message>
    <message>
        <source>这里会显示写了什么、为什么还没送达、下一步怎么办。</source>
        <translation>Here you see what was written, why it has not been delivered, and what to do next.</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>{since} 起没有任何进展，可能网络断了。可以停下，内容都在本机，以后接着来；也可以用 U 盘交换。</source>
        <translation>No progress since {since}; the network may be gone. You can stop: everything is saved here and goes on later. Or exchange by USB stick.</translation>
    </message>
    <message>
        <source>没有处理过的改动</source>
        <translation>Nothing dealt with yet</translation>
    </message>
    <message>
        <source>被退回后改过重送的、放弃的，都留在这里可查。</source>
        <translation>What was sent back and then corrected or given up is kept here.</translation>
    </message>
    <message>
        <source>看不到这一项</source>
        <translation>This cannot be shown</translation>
    </message>
    <message>
        <source>都会随下次同步再送一次</source>
        <translation>All go out again with the next exchange</translation>
    </message>
    <message>
        <source>导出到哪个文件</source>
        <translation>Export to which file</translation>
    </message>
    <message>
        <source>{n} 项已写入 {file}，个人信息已遮盖</source>
        <translation>{n} changes written to {file}; personal data is masked</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>recorded</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>changed</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>voided</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>restored</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>moved</translation>
    </message>
    <message>
        <source>中心已隔离</source>
        <translation>Put aside at the centre</translation>
    </message>
    <message>
        <source>认领没有成功</source>
        <translation>Claim not successful</translation>
    </message>
    <message>
        <source>中心暂存</source>
        <translation>Held at the centre</translation>
    </message>
    <message>
        <source>已改过重送</source>
        <translation>Corrected and sent</translation>
    </message>
    <message>
        <source>已放弃</source>
        <translation>Given up</translation>
    </message>
    <message>
        <source>{field}：{problem}</source>
        <translation>{field}: {problem}</translation>
    </message>
    <message>
        <source>它所属的记录还没有到达中心</source>
        <translation>The record it belongs to has not reached the centre</translation>
    </message>
    <message>
        <source>不用做什么；那条记录一到就会处理，满七天没到会请人来看。</source>
        <translation>Nothing to do: it goes on when that record arrives; after seven days somebody is asked to look.</translation>
    </message>
    <message>
        <source>下次同步时送出</source>
        <translation>Goes out with the next exchange</translation>
    </message>
    <message>
        <source>还没有连上中心</source>
        <translation>Not connected to the centre yet</translation>
    </message>
    <message>
        <source>不用做什么，已保存在本机。</source>
        <translation>Nothing to do; it is saved on this desk.</translation>
    </message>
    <message>
        <source>导出成文件：把还没有送达的改动写进一个文件，个人信息遮盖，导出记入审计</source>
        <translation>Export: write what has not been delivered into a file; personal data is masked, the export is in the audit</translation>
    </message>
    <message>
        <source>等您决定</source>
        <translation>For you to decide</translation>
    </message>
    <message>
        <source>没有等您决定的</source>
        <translation>Nothing waits for your decision</translation>
    </message>
    <message>
        <source>做的时候有权限、送到时没有了的，或从暂停的设备收上来的改动，会在中心等您决定。</source>
        <translation>Changes whose author has lost the right meanwhile, or that came from a suspended machine, wait at the centre for your decision.</translation>
    </message>
    <message>
        <source>现在问不到中心</source>
        <translation>The centre cannot be asked now</translation>
    </message>
    <message>
        <source>{what} 等您决定的改动都存在中心，不会丢；连上后再决定。</source>
        <translation>{what} What waits for your decision is kept at the centre and will not be lost; decide when you are connected again.</translation>
    </message>
</context>
<context>
    <name>SystemPane</name>
    <message>
        <source>以 {login} 解锁</source>
        <translation>Unlock as {login}</translation>
    </message>
    <message>
        <source>以 {login} 登录</source>
        <translation>Log in as {login}</translation>
    </message>
    <message>
        <source>由这台电脑的系统密钥库开门，不用输密码。登录同样记入审计。</source>
        <translation>The keyring of this computer opens the desk; no password is asked. The log-in is written into the audit as always.</translation>
    </message>
</context>
<context>
    <name>TaskDetail</name>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
</context>
<context>
    <name>TaskForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>例如：古城夜巡</source>
        <translation>For example: night patrol</translation>
    </message>
    <message>
        <source>在哪里、要注意什么</source>
        <translation>Where, and what to mind</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>名称或拼音</source>
        <translation>Name or pinyin</translation>
    </message>
    <message>
        <source>勾选后，没有意外伤害保险的志愿者不能报名（志愿服务条例）</source>
        <translation>Nobody without accident insurance can sign up then (Regulations on Voluntary Service)</translation>
    </message>
    <message>
        <source>写几项就用顿号隔开，例如：急救、消防</source>
        <translation>Separate several with 、, for example: first aid、fire</translation>
    </message>
</context>
<context>
    <name>TaskRecords</name>
    <message>
        <source>发布任务</source>
        <translation>Publish a task</translation>
    </message>
    <message>
        <source>发布群防任务</source>
        <translation>Publish a task</translation>
    </message>
    <message>
        <source>任务已发布，已保存在本机，尚未送达中心。</source>
        <translation>Published, saved on this desk, not at the centre yet.</translation>
    </message>
    <message>
        <source>我要巡逻</source>
        <translation>Start a patrol</translation>
    </message>
    <message>
        <source>巡逻已开始，已保存在本机</source>
        <translation>The patrol has begun, saved on this desk</translation>
    </message>
    <message>
        <source>{granted}/{places} 人</source>
        <translation>{granted}/{places} people</translation>
    </message>
    <message>
        <source>候补 {n}</source>
        <translation>{n} waiting</translation>
    </message>
    <message>
        <source>未结束</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>报名中</source>
        <translation>Signing up</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>待核验计分</source>
        <translation>To verify and score</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有群防任务</source>
        <translation>No tasks yet</translation>
    </message>
    <message>
        <source>发布巡逻、守护、宣传、助老任务，志愿者报名后由中心按先后确认名额。</source>
        <translation>Publish patrols, posts, publicity, help for the old. The centre gives places to volunteers in the order of arrival.</translation>
    </message>
    <message>
        <source>这个筛选下没有任务</source>
        <translation>No tasks under this filter</translation>
    </message>
    <message>
        <source>搜任务、编号、地点或发布单位（/）</source>
        <translation>Search task, number, place or issuer (/)</translation>
    </message>
</context>
<context>
    <name>Terms</name>
    <message>
        <source>改时间、地点…</source>
        <translation>Correct time, place…</translation>
    </message>
    <message>
        <source>写成补正</source>
        <translation>Note the correction</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>遮盖的内容不在这里显示；不改就留空</source>
        <translation>What is covered is not shown here; leave it empty to keep it</translation>
    </message>
    <message>
        <source>为什么补正</source>
        <translation>Why it is corrected</translation>
    </message>
    <message>
        <source>签过字的记录不改，补正连同理由记在这次调解的陈述里，请各方再过目。</source>
        <translation>A signed record stays; the correction and its reason stand among the notes of this session. Show it to the parties.</translation>
    </message>
    <message>
        <source>补正已记下，已保存在本机</source>
        <translation>Correction noted and saved here</translation>
    </message>
    <message>
        <source>时间、地点已改，已保存在本机</source>
        <translation>Time and place changed and saved here</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>关闭提示</source>
        <translation>Close the message</translation>
    </message>
</context>
<context>
    <name>TodayRecords</name>
    <message>
        <source>派 {placed}/{headcount}</source>
        <translation>{placed} of {headcount} placed</translation>
    </message>
    <message>
        <source>到 {count}</source>
        <translation>{count} came</translation>
    </message>
    <message>
        <source>没来 {count}</source>
        <translation>{count} absent</translation>
    </message>
    <message>
        <source>名单变过</source>
        <translation>People changed</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>Tomorrow</translation>
    </message>
    <message>
        <source>昨天</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>这一天没有派工</source>
        <translation>No work begins on this day</translation>
    </message>
    <message>
        <source>当天开工的岗位按时间排在这里，右边写着下一步做什么。</source>
        <translation>What begins on this day stands here by time, with what to do next.</translation>
    </message>
</context>
<context>
    <name>Unkept</name>
    <message>
        <source>保存录音</source>
        <translation>Save recording</translation>
    </message>
    <message>
        <source>删除录音…</source>
        <translation>Delete recording…</translation>
    </message>
    <message>
        <source>有录音（{time}）没有保存完：请保存，或者删除。</source>
        <translation>A recording ({time}) was not saved: save it, or delete it.</translation>
    </message>
    <message>
        <source>有 {n} 段录音已损坏，读不出来，长度不明，只能删除。</source>
        <translation>Recordings that are damaged and cannot be read: {n}. Their length is unknown; they can only be deleted.</translation>
    </message>
    <message>
        <source>录音已加密保存在本机，尚未送达中心</source>
        <translation>Recording encrypted and saved here; not at the centre yet</translation>
    </message>
    <message>
        <source>没有保存任何录音。</source>
        <translation>No recording was saved.</translation>
    </message>
    <message>
        <source>这次录下的声音会从本机删除，不能恢复；写明谁要求的、为什么，原因会记下来。</source>
        <translation>What was recorded is deleted from this machine and cannot be brought back; say who asked for it and why, and the reason is noted.</translation>
    </message>
    <message>
        <source>删除录音</source>
        <translation>Delete recording</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>录音已删除，原因已记下</source>
        <translation>Recording deleted; the reason is noted</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>打开证件材料</source>
        <translation>Open a person&apos;s paper</translation>
    </message>
    <message>
        <source>打开会记入审计：谁、何时、为什么。30 秒后自动关闭。</source>
        <translation>Opening it is written into the audit: who, when and why. It closes after 30 seconds.</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>本次打开已记入审计。</source>
        <translation>This opening is in the audit. </translation>
    </message>
    <message>
        <source>证件材料，30 秒后自动关闭。</source>
        <translation>A person&apos;s paper: it closes after 30 seconds.</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>适合窗口</source>
        <translation>Fit</translation>
    </message>
    <message>
        <source>上一页（PageUp）</source>
        <translation>Page before (PageUp)</translation>
    </message>
    <message>
        <source>下一页（PageDown）</source>
        <translation>Next page (PageDown)</translation>
    </message>
    <message>
        <source>缩小（−）</source>
        <translation>Smaller (−)</translation>
    </message>
    <message>
        <source>放大（+）</source>
        <translation>Larger (+)</translation>
    </message>
    <message>
        <source>适合窗口（0）</source>
        <translation>Fit into the window (0)</translation>
    </message>
    <message>
        <source>导出…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>打不开这个附件</source>
        <translation>This file cannot be opened</translation>
    </message>
    <message>
        <source>内容不在本机</source>
        <translation>The content is not on this computer</translation>
    </message>
    <message>
        <source>内容在中心，取来以后再打开。</source>
        <translation>The centre has it. Fetch it, then open it again.</translation>
    </message>
    <message>
        <source>取来</source>
        <translation>Fetch</translation>
    </message>
    <message>
        <source>内容还没到中心，要等添加它的电脑同步。</source>
        <translation>It has not reached the centre: the computer where it was added has to synchronise first.</translation>
    </message>
    <message>
        <source>文件已损坏，看不了。请重新扫描添加，或从备份恢复。</source>
        <translation>The file is damaged and cannot be shown. Scan and add it again, or restore a backup.</translation>
    </message>
    <message>
        <source>这个 PDF 有密码，看不了。请添加没有密码的文件。</source>
        <translation>This PDF has a password and cannot be shown. Add a file without one.</translation>
    </message>
    <message>
        <source>文件太大（{size}），在程序里看不了。可以缩小后重新添加，或写明理由导出。</source>
        <translation>The file is too large ({size}) to be shown here. Make it smaller and add it again, or export it with a reason.</translation>
    </message>
    <message>
        <source>这种文件在程序里看不了，能看的是照片（JPEG、PNG）、PDF 和文本。可以写明理由导出。</source>
        <translation>This kind of file cannot be shown here; pictures (JPEG, PNG), PDF and text can. You may export it with a reason.</translation>
    </message>
    <message>
        <source>看不了这个附件</source>
        <translation>This file cannot be shown</translation>
    </message>
    <message>
        <source>第 {page} 页，共 {pages} 页</source>
        <translation>Page {page} of {pages}</translation>
    </message>
    <message>
        <source>文本太长，只显示开头</source>
        <translation>Long text: only its beginning is shown</translation>
    </message>
    <message>
        <source>导出附件</source>
        <translation>Export a file</translation>
    </message>
    <message>
        <source>导出的文件不再加密，请妥善保管。会记入审计：谁、何时、为什么。</source>
        <translation>An exported file is no longer encrypted: keep it safe. Who, when and why go into the audit.</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>已导出：{name}</source>
        <translation>Exported: {name}</translation>
    </message>
</context>
<context>
    <name>VisitDetail</name>
    <message>
        <source>走访后要办的事</source>
        <translation>To do after the visit</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source>添加待办</source>
        <translation>Add a follow-up</translation>
    </message>
    <message>
        <source>企业的需求</source>
        <translation>What the enterprise needs</translation>
    </message>
    <message>
        <source>登记需求</source>
        <translation>Record a need</translation>
    </message>
    <message>
        <source>{day} 联企日</source>
        <translation>Contact day of {day}</translation>
    </message>
    <message>
        <source>平时走访</source>
        <translation>Not on a contact day</translation>
    </message>
    <message>
        <source>待办已保存在本机</source>
        <translation>Follow-up saved on this desk</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>{day}前</source>
        <translation>by {day}</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>“不办了”和“重新打开”要写明原因</source>
        <translation>&quot;Drop it&quot; and &quot;Open again&quot; take a reason</translation>
    </message>
    <message>
        <source>已保存在本机</source>
        <translation>Saved on this desk</translation>
    </message>
    <message numerus="yes">
        <source>%n 件待办过期</source>
        <translation>
            <numerusform>%n follow-up late</numerusform>
            <numerusform>%n follow-ups late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>已超 %n 天</source>
        <translation>
            <numerusform>%n day late</numerusform>
            <numerusform>%n days late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n 人</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>单位名称、拼音或信用代码</source>
        <translation>Name, pinyin or credit code</translation>
    </message>
    <message>
        <source>没有的单位先到“用工单位”登记</source>
        <translation>Who is not there yet is recorded under &quot;Employers&quot; first</translation>
    </message>
    <message>
        <source>不在联企日的走访不选</source>
        <translation>Leave empty for a visit on another day</translation>
    </message>
</context>
<context>
    <name>VisitRecords</name>
    <message>
        <source>安排走访</source>
        <translation>Plan a visit</translation>
    </message>
    <message>
        <source>安排企业走访</source>
        <translation>Plan a visit to an enterprise</translation>
    </message>
    <message>
        <source>走访已安排，保存在本机</source>
        <translation>Visit planned, saved on this desk</translation>
    </message>
    <message>
        <source>联企日</source>
        <translation>Contact day</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>待走访</source>
        <translation>To be visited</translation>
    </message>
    <message>
        <source>已走访</source>
        <translation>Visited</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有走访</source>
        <translation>No visits yet</translation>
    </message>
    <message>
        <source>联企日或平时去哪家单位、谁去、见了谁、谈了什么，都记在这里。</source>
        <translation>Which enterprise is visited, on the contact day or another one, by whom, who was met and what was said.</translation>
    </message>
    <message>
        <source>这个筛选下没有走访</source>
        <translation>No visit under this filter</translation>
    </message>
    <message>
        <source>搜接待人、拼音首字母、电话尾号、走访记录（/）</source>
        <translation>Search who was met, pinyin initials, end of the phone, notes (/)</translation>
    </message>
    <message numerus="yes">
        <source>%n 件待办过期</source>
        <translation>
            <numerusform>%n follow-up late</numerusform>
            <numerusform>%n follow-ups late</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n 件待办</source>
        <translation>
            <numerusform>%n to do</numerusform>
            <numerusform>%n to do</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VoidNumbers</name>
    <message>
        <source>作废的编号</source>
        <translation>Void numbers</translation>
    </message>
    <message>
        <source>作废的编号；按回车打开案件</source>
        <translation>Void numbers; Enter opens the case</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>编号用过就不再给别的案件；为什么作废，只有承办小组看得到。</source>
        <translation>A number once used is not given to another case; why it is void, only the team of the case may see.</translation>
    </message>
    <message>
        <source>没有作废的编号</source>
        <translation>No void numbers</translation>
    </message>
    <message>
        <source>登记错了的案件作废以后，用掉的编号列在这里。</source>
        <translation>When a case that was entered by mistake is declared void, its number is listed here.</translation>
    </message>
    <message>
        <source>读不出作废的编号</source>
        <translation>The void numbers cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>作废理由</source>
        <translation>Why it is void</translation>
    </message>
    <message>
        <source>只有承办小组看得到</source>
        <translation>For the team of the case only</translation>
    </message>
</context>
<context>
    <name>VolunteerDetail</name>
    <message>
        <source>{hours} 小时（已核验）</source>
        <translation>{hours} h (verified)</translation>
    </message>
    <message>
        <source>服务时长</source>
        <translation>Service time</translation>
    </message>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>可用积分</source>
        <translation>Points to spend</translation>
    </message>
</context>
<context>
    <name>VolunteerForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>队名或拼音</source>
        <translation>Team name or pinyin</translation>
    </message>
    <message>
        <source>用顿号隔开，例如：急救、调解</source>
        <translation>Separate with 、, for example: first aid、mediation</translation>
    </message>
    <message>
        <source>例如：急救@2026-05-01</source>
        <translation>For example: first aid@2026-05-01</translation>
    </message>
    <message>
        <source>有危险的任务，参加前要有意外伤害保险</source>
        <translation>Dangerous tasks take accident insurance first</translation>
    </message>
    <message>
        <source>要开服务记录证明时再填</source>
        <translation>Only for a certificate of service</translation>
    </message>
</context>
<context>
    <name>VolunteerRecords</name>
    <message>
        <source>登记志愿者</source>
        <translation>Register a volunteer</translation>
    </message>
    <message>
        <source>已登记，编号在最上面。已保存在本机，尚未送达中心。</source>
        <translation>Registered; the number is at the top. Saved on this desk, not at the centre yet.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>在册</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有志愿者</source>
        <translation>No volunteers yet</translation>
    </message>
    <message>
        <source>登记后就可以报名任务。只记服务需要的内容，平时姓名和电话都遮住。</source>
        <translation>Once registered they can sign up. Only what the service needs is kept; names and phones stay covered.</translation>
    </message>
    <message>
        <source>这个筛选下没有人</source>
        <translation>Nobody under this filter</translation>
    </message>
    <message>
        <source>搜姓名、拼音首字母、编号或电话（/）</source>
        <translation>Search name, pinyin initials, number or phone (/)</translation>
    </message>
</context>
<context>
    <name>WageDetail</name>
    <message>
        <source>第 {n} 行</source>
        <translation>Line {n}</translation>
    </message>
    <message>
        <source>冲销</source>
        <translation>Reversal</translation>
    </message>
    <message>
        <source>转账写凭证号；现金写签字的工资清单放在哪里</source>
        <translation>Transfer: the voucher number. Cash: where the signed slip is kept</translation>
    </message>
    <message>
        <source>工资清单</source>
        <translation>Wage slip</translation>
    </message>
</context>
<context>
    <name>WageForm</name>
    <message>
        <source>没有就空着</source>
        <translation>Leave empty if there is none</translation>
    </message>
    <message>
        <source>有扣款必须写明；赔偿扣款不超过两成</source>
        <translation>Say what every deduction is for; damages at most a fifth</translation>
    </message>
    <message>
        <source>不填就按岗位上约定的日子；遇到放假，会提前到放假前</source>
        <translation>Empty: the day agreed in the posting. A holiday moves it to the working day before</translation>
    </message>
</context>
<context>
    <name>WageRecords</name>
    <message>
        <source>待发放</source>
        <translation>Owed</translation>
    </message>
    <message>
        <source>已发放</source>
        <translation>Paid</translation>
    </message>
    <message>
        <source>冲销和抵清</source>
        <translation>Reversed and settled</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>没有待发放的工资</source>
        <translation>No wages are owed</translation>
    </message>
    <message>
        <source>到过岗、签过退的，结算时记进来；按最晚支付日排列。</source>
        <translation>Whoever came and checked out is entered at settlement; ordered by the last day to pay.</translation>
    </message>
    <message>
        <source>台账里还没有这一类</source>
        <translation>The ledger has none of these yet</translation>
    </message>
    <message>
        <source>搜姓名、单位、拼音首字母、用工编号（/）</source>
        <translation>Search name, employer, pinyin initials, posting number (/)</translation>
    </message>
    <message>
        <source>已拖欠 {days} 天</source>
        <translation>{days} days overdue</translation>
    </message>
    <message>
        <source>今天要付</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>还剩 {days} 天</source>
        <translation>{days} days left</translation>
    </message>
</context>
<context>
    <name>WaitingView</name>
    <message>
        <source>权限已收回</source>
        <translation>right withdrawn</translation>
    </message>
    <message>
        <source>做这件事时有权限，送到中心时已经没有了。</source>
        <translation>The author had the right when this was done, and no longer has it now that it arrived.</translation>
    </message>
    <message>
        <source>离线登录过期</source>
        <translation>offline log-in expired</translation>
    </message>
    <message>
        <source>这台电脑太久没有连上中心，离线登录过期以后做的。</source>
        <translation>Done after the offline log-in had expired: that machine had not reached the centre for too long.</translation>
    </message>
    <message>
        <source>设备已暂停</source>
        <translation>machine suspended</translation>
    </message>
    <message>
        <source>从一台已经暂停使用的设备收上来的。</source>
        <translation>It came from a machine that is suspended.</translation>
    </message>
    <message>
        <source>前一项没到</source>
        <translation>predecessor missing</translation>
    </message>
    <message>
        <source>它所依据的改动等了七天还没有到。</source>
        <translation>The change it builds upon has not arrived for seven days.</translation>
    </message>
    <message>
        <source>恢复前收下过</source>
        <translation>taken before a restore</translation>
    </message>
    <message>
        <source>中心从备份恢复以前收下过，现在放不进去。</source>
        <translation>The centre had taken it before it was restored from a backup, and cannot place it now.</translation>
    </message>
    <message>
        <source>处理不了</source>
        <translation>cannot be processed</translation>
    </message>
    <message>
        <source>中心多次处理都没有成功。</source>
        <translation>The centre tried several times without success.</translation>
    </message>
    <message>
        <source>同意，让它生效…</source>
        <translation>Let it take effect…</translation>
    </message>
    <message>
        <source>不同意…</source>
        <translation>Refuse…</translation>
    </message>
    <message>
        <source>写了什么</source>
        <translation>What was written</translation>
    </message>
    <message>
        <source>同一次保存的 {n} 项会一起处理。</source>
        <translation>The {n} changes saved together are decided together.</translation>
    </message>
    <message>
        <source>内容是调解案件的，只有承办人员能看。</source>
        <translation>It belongs to a mediation case; only those in charge of it may see the contents.</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>同意，让它生效</source>
        <translation>Let it take effect</translation>
    </message>
    <message>
        <source>中心会按您的权限重新处理；作者还是原来的作者，您的决定和理由会一起留下。</source>
        <translation>The centre processes it again on your authority; its author stays its author, and your decision and reason are kept with it.</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>已同意</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>{what} 没有作出决定，可以再试。</source>
        <translation>{what} Nothing was decided; you can try again.</translation>
    </message>
    <message>
        <source>中心不会让它生效；那台电脑已经清空，写的内容只在中心留存备查。</source>
        <translation>It does not take effect; that machine has been emptied, and what was written is kept at the centre only.</translation>
    </message>
    <message>
        <source>中心不会让它生效；写的内容还在作者的电脑上，对方会看到您的理由。</source>
        <translation>It does not take effect; what was written is still at its author&apos;s machine, who will see your reason.</translation>
    </message>
    <message>
        <source>已回绝，内容留着</source>
        <translation>Refused; what was written is kept</translation>
    </message>
    <message>
        <source>与别处办的不合</source>
        <translation>does not fit what was done elsewhere</translation>
    </message>
    <message>
        <source>撤回…</source>
        <translation>Withdraw…</translation>
    </message>
    <message>
        <source>这是您自己写的。本站只有您有权决定，由您决定，中心会记明。</source>
        <translation>You wrote this yourself. Nobody else here may decide, so you do; the centre notes that.</translation>
    </message>
    <message>
        <source>这是您自己写的：要由另一位有权限的人决定，您可以撤回。</source>
        <translation>You wrote this yourself: another person with the right decides, and you may withdraw it.</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
</context>
<context>
    <name>WhySheet</name>
    <message>
        <source>为什么 {day}到期</source>
        <translation>Why it is due {day}</translation>
    </message>
    <message>
        <source>逐日说明</source>
        <translation>Day by day</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Got it</translation>
    </message>
    <message>
        <source>规则：{basis}</source>
        <translation>Rule: {basis}</translation>
    </message>
    <message>
        <source>{year}年节假日表，版本 {version}：{source}</source>
        <translation>Calendar table {year}, version {version}: {source}</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>星期</source>
        <translation>Weekday</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>计不计入</source>
        <translation>Counted or not</translation>
    </message>
</context>
<context>
    <name>WorkDetail</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
</context>
<context>
    <name>WorkPaperSheet</name>
    <message>
        <source>这里遮盖了姓名和号码；打印和存成文件时是完整的，先记入打印记录。</source>
        <translation>Names and numbers are covered here; on paper and in a file they are in full, and that is recorded first.</translation>
    </message>
    <message>
        <source>已送往打印机，已记入打印记录</source>
        <translation>Sent to the printer and recorded</translation>
    </message>
</context>
<context>
    <name>WorkbenchPage</name>
    <message>
        <source>现在同步</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>接入中心</source>
        <translation>Join the centre</translation>
    </message>
    <message>
        <source>待送达</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>都已保存在本机</source>
        <translation>All saved on this desk</translation>
    </message>
    <message>
        <source>没有等待的改动</source>
        <translation>No changes waiting</translation>
    </message>
    <message>
        <source>{greeting}，{name}</source>
        <translation>{greeting}, {name}</translation>
    </message>
    <message>
        <source>登记事件</source>
        <translation>New report</translation>
    </message>
    <message>
        <source>需要处理</source>
        <translation>Needs somebody</translation>
    </message>
    <message>
        <source>马上记录</source>
        <translation>Record now</translation>
    </message>
    <message>
        <source>与中心的交换</source>
        <translation>Exchange with the centre</translation>
    </message>
    <message>
        <source>登记一件事件</source>
        <translation>A report</translation>
    </message>
    <message>
        <source>登记用工信息</source>
        <translation>A job posting</translation>
    </message>
    <message>
        <source>受理一起调解</source>
        <translation>A mediation case</translation>
    </message>
    <message>
        <source>早上好</source>
        <translation>Good morning</translation>
    </message>
    <message>
        <source>下午好</source>
        <translation>Good afternoon</translation>
    </message>
    <message>
        <source>中午好</source>
        <translation>Good day</translation>
    </message>
    <message>
        <source>晚上好</source>
        <translation>Good evening</translation>
    </message>
    <message>
        <source>现在没有等待处理的事</source>
        <translation>Nothing is waiting</translation>
    </message>
    <message>
        <source>登记的事件、用工信息和调解案件会出现在这里。</source>
        <translation>Reports, job postings and cases that need somebody appear here.</translation>
    </message>
    <message>
        <source>读不出列表</source>
        <translation>The list cannot be read</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>{new} 新登记 · {verify} 待核实 · {dispatch} 待派遣</source>
        <translation>{new} new · {verify} to verify · {dispatch} to dispatch</translation>
    </message>
    <message>
        <source>{count} 条待审</source>
        <translation>{count} to review</translation>
    </message>
    <message>
        <source>{count} 件调解中</source>
        <translation>{count} being mediated</translation>
    </message>
    <message>
        <source>未办结事件</source>
        <translation>Open reports</translation>
    </message>
    <message>
        <source>在办用工</source>
        <translation>Open postings</translation>
    </message>
    <message>
        <source>在办调解</source>
        <translation>Open cases</translation>
    </message>
    <message numerus="yes">
        <source>%n 件紧急</source>
        <translation>
            <numerusform>%n urgent</numerusform>
            <numerusform>%n urgent</numerusform>
        </translation>
    </message>
    <message>
        <source>紧急 · {state}</source>
        <translation>Urgent · {state}</translation>
    </message>
    <message numerus="yes">
        <source>%n 份申请等您批准</source>
        <translation>
            <numerusform>%n application awaits your approval</numerusform>
            <numerusform>%n applications await your approval</numerusform>
        </translation>
    </message>
    <message>
        <source>◔ 等您批准</source>
        <translation>◔ Awaits your approval</translation>
    </message>
    <message>
        <source>早间清单</source>
        <translation>Morning sheet</translation>
    </message>
    <message numerus="yes">
        <source>%n 份转办要跟进</source>
        <translation>
            <numerusform>%n hand-over to follow</numerusform>
            <numerusform>%n hand-overs to follow</numerusform>
        </translation>
    </message>
    <message>
        <source>转给 {partner}</source>
        <translation>To {partner}</translation>
    </message>
</context>
<context>
    <name>WorkerDetail</name>
    <message>
        <source>保存修改</source>
        <translation>Save changes</translation>
    </message>
    <message>
        <source>零工卡</source>
        <translation>Worker&apos;s card</translation>
    </message>
    <message>
        <source>撤回同意</source>
        <translation>Withdraw consent</translation>
    </message>
    <message>
        <source>健康情况会删掉。登记依据是同意的，不再介绍活，等着答复的报名会退出；已确认的活照常做、照常付钱。</source>
        <translation>What was told about health is deleted. If the record rests on consent, no more work is offered and applications that wait are withdrawn; confirmed work is still done and paid.</translation>
    </message>
    <message>
        <source>同意已撤回，已保存在本机</source>
        <translation>Consent withdrawn: saved on this computer</translation>
    </message>
</context>
<context>
    <name>WorkerForm</name>
    <message>
        <source>稍后再填</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>能做什么、想要什么</source>
        <translation>Skills and wishes</translation>
    </message>
    <message>
        <source>有急事找谁</source>
        <translation>In an emergency</translation>
    </message>
    <message>
        <source>法律要求核对年龄；平时只显示前六位和后四位</source>
        <translation>The law requires the age to be checked; only the first six and last four digits are shown</translation>
    </message>
    <message>
        <source>社区名、拼音或代码</source>
        <translation>Name, pinyin or code of a community</translation>
    </message>
    <message>
        <source>最远几公里</source>
        <translation>Farthest distance in km</translation>
    </message>
    <message>
        <source>满16、不满18周岁的请写监护人</source>
        <translation>At 16 and 17, name the guardian</translation>
    </message>
    <message>
        <source>自愿告知的（可以不填，不影响找活）</source>
        <translation>Told of one&apos;s own will (may be left out)</translation>
    </message>
    <message>
        <source>已签 {version} 版</source>
        <translation>Signed version {version}</translation>
    </message>
    <message>
        <source>先选已签的同意书；本人撤回同意时会删掉</source>
        <translation>Choose the signed text first; deleted when consent is withdrawn</translation>
    </message>
    <message>
        <source>例如：保安员证@2027-05-01、健康证</source>
        <translation>For example: name of the certificate@2027-05-01</translation>
    </message>
    <message>
        <source>@后面是到期日；过期的证不算</source>
        <translation>After @ the day it ends; one that has ended does not count</translation>
    </message>
    <message>
        <source>例如：普通话、闽南语</source>
        <translation>For example: Mandarin, Hokkien</translation>
    </message>
</context>
<context>
    <name>WorkerPicker</name>
    <message>
        <source>姓名、拼音、卡号或电话尾号</source>
        <translation>Name, pinyin, card or last digits of the phone</translation>
    </message>
</context>
<context>
    <name>WorkerRecords</name>
    <message>
        <source>登记零工</source>
        <translation>New worker</translation>
    </message>
    <message>
        <source>登记零工人员</source>
        <translation>New worker</translation>
    </message>
    <message>
        <source>已登记，卡号在最上面。已保存在本机，尚未送达中心。</source>
        <translation>Recorded; the card number is at the top. Saved on this desk, not yet at the centre.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>可接活</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>暂停和限制</source>
        <translation>Paused and sanctioned</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>还没有零工人员</source>
        <translation>No workers yet</translation>
    </message>
    <message>
        <source>来找活的人登记后，可以报名岗位。未满16周岁的不能登记。</source>
        <translation>People looking for work are recorded and can then apply. Nobody under 16 is recorded.</translation>
    </message>
    <message>
        <source>这个筛选下没有人</source>
        <translation>Nobody fits this filter</translation>
    </message>
    <message>
        <source>搜姓名、拼音首字母、卡号、电话或身份证尾号（/）</source>
        <translation>Name, pinyin initials, card number, end of phone or identity number (/)</translation>
    </message>
</context>
<context>
    <name>Writer</name>
    <message>
        <source>已保存在本机 {time}</source>
        <translation>Saved on this desk {time}</translation>
    </message>
    <message>
        <source>载入最新的</source>
        <translation>Load the latest</translation>
    </message>
    <message>
        <source>同事刚刚也改了这里。请先复制您没保存的内容，再点“载入最新的”补进去。</source>
        <translation>A colleague has just changed this too. Copy what you have not saved, then press &quot;Load the latest&quot; and add it again.</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>今天 {time}</source>
        <translation>Today {time}</translation>
    </message>
    <message>
        <source>昨天 {time}</source>
        <translation>Yesterday {time}</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>昨天</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>Tomorrow</translation>
    </message>
</context>
<context>
    <name>domain</name>
    <message>
        <source>登记时间</source>
        <translation>Recorded at</translation>
    </message>
    <message>
        <source>登记人</source>
        <translation>Recorded by</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>作废理由</source>
        <translation>Reason for voiding</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>标题</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>所属区划</source>
        <translation>Division</translation>
    </message>
    <message>
        <source>网格</source>
        <translation>Grid</translation>
    </message>
    <message>
        <source>纬度</source>
        <translation>Latitude</translation>
    </message>
    <message>
        <source>经度</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>身份证号码</source>
        <translation>Identity number</translation>
    </message>
    <message>
        <source>处理依据</source>
        <translation>Legal basis</translation>
    </message>
    <message>
        <source>同意书版本</source>
        <translation>Consent version</translation>
    </message>
    <message>
        <source>同意时间</source>
        <translation>Consent given</translation>
    </message>
    <message>
        <source>有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>重复于</source>
        <translation>Duplicate of</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>情况说明</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>紧急程度</source>
        <translation>Urgency</translation>
    </message>
    <message>
        <source>发生时间</source>
        <translation>Happened at</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>登记的居民</source>
        <translation>Registered resident</translation>
    </message>
    <message>
        <source>反映人</source>
        <translation>Reporter</translation>
    </message>
    <message>
        <source>联系电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>匿名</source>
        <translation>Anonymous</translation>
    </message>
    <message>
        <source>姓名保密</source>
        <translation>Name kept secret</translation>
    </message>
    <message>
        <source>涉及人数</source>
        <translation>People affected</translation>
    </message>
    <message>
        <source>附议人数</source>
        <translation>Supporters</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>处置单位</source>
        <translation>Handling unit</translation>
    </message>
    <message>
        <source>办结方式</source>
        <translation>How it was closed</translation>
    </message>
    <message>
        <source>居民评价</source>
        <translation>Resident&apos;s rating</translation>
    </message>
    <message>
        <source>办理轮次</source>
        <translation>Round</translation>
    </message>
    <message>
        <source>来源系统</source>
        <translation>Source system</translation>
    </message>
    <message>
        <source>来源编号</source>
        <translation>Source number</translation>
    </message>
    <message>
        <source>所属事件</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>办理动作</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>原状态</source>
        <translation>State before</translation>
    </message>
    <message>
        <source>新状态</source>
        <translation>State after</translation>
    </message>
    <message>
        <source>办理情况</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>联系号码</source>
        <translation>Number called</translation>
    </message>
    <message>
        <source>联系时间</source>
        <translation>Contacted at</translation>
    </message>
    <message>
        <source>联系结果</source>
        <translation>Result of contact</translation>
    </message>
    <message>
        <source>单位性质</source>
        <translation>Kind of employer</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>统一社会信用代码</source>
        <translation>Unified social credit code</translation>
    </message>
    <message>
        <source>个人身份证号码</source>
        <translation>Identity number (individual)</translation>
    </message>
    <message>
        <source>法定代表人</source>
        <translation>Legal representative</translation>
    </message>
    <message>
        <source>经办人</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>经办人身份证号码</source>
        <translation>Handler&apos;s identity number</translation>
    </message>
    <message>
        <source>经办人电话</source>
        <translation>Handler&apos;s phone</translation>
    </message>
    <message>
        <source>行业</source>
        <translation>Industry</translation>
    </message>
    <message>
        <source>已看招聘简章</source>
        <translation>Recruitment brief seen</translation>
    </message>
    <message>
        <source>已看营业执照</source>
        <translation>Business licence seen</translation>
    </message>
    <message>
        <source>已看经办人身份证</source>
        <translation>Handler&apos;s identity card seen</translation>
    </message>
    <message>
        <source>已看委托证明</source>
        <translation>Authorisation seen</translation>
    </message>
    <message>
        <source>送审前改过的人</source>
        <translation>Changed before review by</translation>
    </message>
    <message>
        <source>核验人</source>
        <translation>Checked by</translation>
    </message>
    <message>
        <source>核验时间</source>
        <translation>Checked at</translation>
    </message>
    <message>
        <source>处理理由</source>
        <translation>Reason for the measure</translation>
    </message>
    <message>
        <source>处理期限</source>
        <translation>Measure until</translation>
    </message>
    <message>
        <source>处理人</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>申诉</source>
        <translation>Appeal</translation>
    </message>
    <message>
        <source>用工单位</source>
        <translation>Employer</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Job</translation>
    </message>
    <message>
        <source>工种</source>
        <translation>Trade</translation>
    </message>
    <message>
        <source>招工人数</source>
        <translation>People wanted</translation>
    </message>
    <message>
        <source>已录用人数</source>
        <translation>People placed</translation>
    </message>
    <message>
        <source>招工条件</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>工作内容</source>
        <translation>Work</translation>
    </message>
    <message>
        <source>工作地点</source>
        <translation>Place of work</translation>
    </message>
    <message>
        <source>开工时间</source>
        <translation>Begins at</translation>
    </message>
    <message>
        <source>收工时间</source>
        <translation>Ends at</translation>
    </message>
    <message>
        <source>工作时长</source>
        <translation>Working hours</translation>
    </message>
    <message>
        <source>管饭</source>
        <translation>Meals</translation>
    </message>
    <message>
        <source>包住</source>
        <translation>Lodging</translation>
    </message>
    <message>
        <source>接送</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>报酬</source>
        <translation>Pay</translation>
    </message>
    <message>
        <source>计酬单位</source>
        <translation>Paid per</translation>
    </message>
    <message>
        <source>加班</source>
        <translation>Overtime</translation>
    </message>
    <message>
        <source>结算方式</source>
        <translation>Settlement</translation>
    </message>
    <message>
        <source>结算日</source>
        <translation>Settlement day</translation>
    </message>
    <message>
        <source>自带工具</source>
        <translation>Own tools</translation>
    </message>
    <message>
        <source>安全要求</source>
        <translation>Safety needs</translation>
    </message>
    <message>
        <source>承保公司</source>
        <translation>Insurer</translation>
    </message>
    <message>
        <source>保单号</source>
        <translation>Policy number</translation>
    </message>
    <message>
        <source>法定特殊要求</source>
        <translation>Lawful special needs</translation>
    </message>
    <message>
        <source>重体力</source>
        <translation>Heavy work</translation>
    </message>
    <message>
        <source>有毒有害或危险</source>
        <translation>Toxic, harmful or dangerous</translation>
    </message>
    <message>
        <source>夜班</source>
        <translation>Night work</translation>
    </message>
    <message>
        <source>娱乐场所</source>
        <translation>Place of entertainment</translation>
    </message>
    <message>
        <source>联系人</source>
        <translation>Contact person</translation>
    </message>
    <message>
        <source>发布范围</source>
        <translation>Audience</translation>
    </message>
    <message>
        <source>需要判断的词</source>
        <translation>Words to judge</translation>
    </message>
    <message>
        <source>审核意见</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>审核人</source>
        <translation>Reviewed by</translation>
    </message>
    <message>
        <source>发布时间</source>
        <translation>Published at</translation>
    </message>
    <message>
        <source>卡号</source>
        <translation>Card number</translation>
    </message>
    <message>
        <source>会做的活</source>
        <translation>Skills</translation>
    </message>
    <message>
        <source>证书</source>
        <translation>Certificates</translation>
    </message>
    <message>
        <source>空闲时间</source>
        <translation>Free times</translation>
    </message>
    <message>
        <source>期望报酬</source>
        <translation>Wished pay</translation>
    </message>
    <message>
        <source>最远距离</source>
        <translation>Farthest distance</translation>
    </message>
    <message>
        <source>健康限制</source>
        <translation>Health limits</translation>
    </message>
    <message>
        <source>紧急联系人</source>
        <translation>Emergency contact</translation>
    </message>
    <message>
        <source>紧急联系电话</source>
        <translation>Emergency phone</translation>
    </message>
    <message>
        <source>监护人</source>
        <translation>Guardian</translation>
    </message>
    <message>
        <source>监护人电话</source>
        <translation>Guardian&apos;s phone</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>状态理由</source>
        <translation>Reason of the state</translation>
    </message>
    <message>
        <source>用工信息</source>
        <translation>Job posting</translation>
    </message>
    <message>
        <source>零工人员</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>报名方式</source>
        <translation>Applied by way of</translation>
    </message>
    <message>
        <source>上工日期</source>
        <translation>Work date</translation>
    </message>
    <message>
        <source>匹配分</source>
        <translation>Match score</translation>
    </message>
    <message>
        <source>匹配理由</source>
        <translation>Why it fits</translation>
    </message>
    <message>
        <source>单位答复</source>
        <translation>Employer&apos;s answer</translation>
    </message>
    <message>
        <source>确认时间</source>
        <translation>Confirmed at</translation>
    </message>
    <message>
        <source>到岗时间</source>
        <translation>Checked in at</translation>
    </message>
    <message>
        <source>完工时间</source>
        <translation>Finished at</translation>
    </message>
    <message>
        <source>签到经手人</source>
        <translation>Checked in by</translation>
    </message>
    <message>
        <source>工时</source>
        <translation>Hours worked</translation>
    </message>
    <message>
        <source>单位评分</source>
        <translation>Employer&apos;s rating</translation>
    </message>
    <message>
        <source>零工评分</source>
        <translation>Worker&apos;s rating</translation>
    </message>
    <message>
        <source>顶替人</source>
        <translation>Replacement for</translation>
    </message>
    <message>
        <source>用户名</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>培训日期</source>
        <translation>Trained on</translation>
    </message>
    <message>
        <source>文件名</source>
        <translation>File name</translation>
    </message>
    <message>
        <source>校验值</source>
        <translation>Checksum</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>证件类型</source>
        <translation>Kind of document</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>撤回同意时间</source>
        <translation>Consent withdrawn</translation>
    </message>
    <message>
        <source>住址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>事件</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>事件步骤</source>
        <translation>Report step</translation>
    </message>
    <message>
        <source>附件</source>
        <translation>Attachment</translation>
    </message>
    <message>
        <source>报名</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>调解案件</source>
        <translation>Mediation case</translation>
    </message>
    <message>
        <source>当事人</source>
        <translation>Party</translation>
    </message>
    <message>
        <source>调解记录</source>
        <translation>Mediation session</translation>
    </message>
    <message>
        <source>陈述</source>
        <translation>Statement</translation>
    </message>
    <message>
        <source>调解协议</source>
        <translation>Mediation agreement</translation>
    </message>
    <message>
        <source>居民</source>
        <translation>Resident</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>冲突</source>
        <translation>Conflict</translation>
    </message>
    <message>
        <source>社会治安</source>
        <translation>Public order</translation>
    </message>
    <message>
        <source>矛盾纠纷</source>
        <translation>Dispute</translation>
    </message>
    <message>
        <source>公共安全</source>
        <translation>Public safety</translation>
    </message>
    <message>
        <source>消防隐患</source>
        <translation>Fire hazard</translation>
    </message>
    <message>
        <source>危险房屋</source>
        <translation>Dangerous building</translation>
    </message>
    <message>
        <source>道路设施</source>
        <translation>Roads</translation>
    </message>
    <message>
        <source>路灯照明</source>
        <translation>Street lighting</translation>
    </message>
    <message>
        <source>排水积水</source>
        <translation>Drainage</translation>
    </message>
    <message>
        <source>环境卫生</source>
        <translation>Sanitation</translation>
    </message>
    <message>
        <source>噪声扰民</source>
        <translation>Noise</translation>
    </message>
    <message>
        <source>违法建设</source>
        <translation>Illegal building</translation>
    </message>
    <message>
        <source>街面秩序</source>
        <translation>Street order</translation>
    </message>
    <message>
        <source>园林绿化</source>
        <translation>Greenery</translation>
    </message>
    <message>
        <source>水电燃气</source>
        <translation>Water, power, gas</translation>
    </message>
    <message>
        <source>一老一小</source>
        <translation>Elders and children</translation>
    </message>
    <message>
        <source>海岸红树林</source>
        <translation>Coast and mangroves</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>手机上报</source>
        <translation>Mobile app</translation>
    </message>
    <message>
        <source>巡逻发现</source>
        <translation>Found on patrol</translation>
    </message>
    <message>
        <source>网格员</source>
        <translation>Grid worker</translation>
    </message>
    <message>
        <source>12345热线</source>
        <translation>Hotline 12345</translation>
    </message>
    <message>
        <source>110转办</source>
        <translation>From 110</translation>
    </message>
    <message>
        <source>批量导入</source>
        <translation>Imported</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>一般</source>
        <translation>Ordinary</translation>
    </message>
    <message>
        <source>不急</source>
        <translation>Not urgent</translation>
    </message>
    <message>
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Not satisfied</translation>
    </message>
    <message>
        <source>不属实</source>
        <translation>Unfounded</translation>
    </message>
    <message>
        <source>不属本站职责</source>
        <translation>Not this station&apos;s duty</translation>
    </message>
    <message>
        <source>暂无法解决</source>
        <translation>Cannot be solved now</translation>
    </message>
    <message>
        <source>已自行解决</source>
        <translation>Solved by itself</translation>
    </message>
    <message>
        <source>已承诺办理</source>
        <translation>Promised</translation>
    </message>
    <message>
        <source>已接通</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>无人接听</source>
        <translation>No answer</translation>
    </message>
    <message>
        <source>拒绝沟通</source>
        <translation>Refused to talk</translation>
    </message>
    <message>
        <source>当面告知</source>
        <translation>Told in person</translation>
    </message>
    <message>
        <source>已张贴告知</source>
        <translation>Notice posted</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>个体工商户</source>
        <translation>Sole trader</translation>
    </message>
    <message>
        <source>个人</source>
        <translation>Individual</translation>
    </message>
    <message>
        <source>保洁</source>
        <translation>Cleaning</translation>
    </message>
    <message>
        <source>搬家</source>
        <translation>Moving</translation>
    </message>
    <message>
        <source>家政</source>
        <translation>Household</translation>
    </message>
    <message>
        <source>绿化</source>
        <translation>Gardening</translation>
    </message>
    <message>
        <source>装修</source>
        <translation>Renovation</translation>
    </message>
    <message>
        <source>餐饮</source>
        <translation>Catering</translation>
    </message>
    <message>
        <source>陪护</source>
        <translation>Care</translation>
    </message>
    <message>
        <source>装卸</source>
        <translation>Loading</translation>
    </message>
    <message>
        <source>配送</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>工厂普工</source>
        <translation>Factory work</translation>
    </message>
    <message>
        <source>促销导购</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>保安</source>
        <translation>Security</translation>
    </message>
    <message>
        <source>农活</source>
        <translation>Farm work</translation>
    </message>
    <message>
        <source>渔业</source>
        <translation>Fishery</translation>
    </message>
    <message>
        <source>小时</source>
        <translation>Hour</translation>
    </message>
    <message>
        <source>天</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>周</source>
        <translation>Week</translation>
    </message>
    <message>
        <source>月</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>件</source>
        <translation>Piece</translation>
    </message>
    <message>
        <source>转账</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>本站</source>
        <translation>This station</translation>
    </message>
    <message>
        <source>全市</source>
        <translation>Whole city</translation>
    </message>
    <message>
        <source>自助机</source>
        <translation>Kiosk</translation>
    </message>
    <message>
        <source>他人介绍</source>
        <translation>Introduced</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Not agreed</translation>
    </message>
    <message>
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>履行法定职责</source>
        <translation>Legal duty</translation>
    </message>
    <message>
        <source>本人同意</source>
        <translation>Own consent</translation>
    </message>
    <message>
        <source>订立合同所需</source>
        <translation>Needed for a contract</translation>
    </message>
    <message>
        <source>紧急情况</source>
        <translation>Emergency</translation>
    </message>
    <message>
        <source>婚姻家庭</source>
        <translation>Marriage and family</translation>
    </message>
    <message>
        <source>邻里</source>
        <translation>Neighbours</translation>
    </message>
    <message>
        <source>房屋宅基地</source>
        <translation>Housing and plots</translation>
    </message>
    <message>
        <source>合同</source>
        <translation>Contract</translation>
    </message>
    <message>
        <source>生产经营</source>
        <translation>Business</translation>
    </message>
    <message>
        <source>损害赔偿</source>
        <translation>Damages</translation>
    </message>
    <message>
        <source>山林土地</source>
        <translation>Forest and land</translation>
    </message>
    <message>
        <source>征地拆迁</source>
        <translation>Expropriation</translation>
    </message>
    <message>
        <source>环境污染</source>
        <translation>Pollution</translation>
    </message>
    <message>
        <source>劳动争议</source>
        <translation>Labour</translation>
    </message>
    <message>
        <source>消费</source>
        <translation>Consumer</translation>
    </message>
    <message>
        <source>医疗</source>
        <translation>Medical</translation>
    </message>
    <message>
        <source>道路交通事故</source>
        <translation>Traffic accident</translation>
    </message>
    <message>
        <source>物业</source>
        <translation>Property management</translation>
    </message>
    <message>
        <source>其他纠纷</source>
        <translation>Other dispute</translation>
    </message>
    <message>
        <source>当事人申请</source>
        <translation>Asked for by a party</translation>
    </message>
    <message>
        <source>主动调解</source>
        <translation>Offered by the committee</translation>
    </message>
    <message>
        <source>委托移送</source>
        <translation>Referred</translation>
    </message>
    <message>
        <source>公安法院引导</source>
        <translation>Guided by police or court</translation>
    </message>
    <message>
        <source>访调对接</source>
        <translation>Linked with petitions</translation>
    </message>
    <message>
        <source>公调对接</source>
        <translation>Linked with police</translation>
    </message>
    <message>
        <source>检调对接</source>
        <translation>Linked with procuratorate</translation>
    </message>
    <message>
        <source>诉调对接</source>
        <translation>Linked with court</translation>
    </message>
    <message>
        <source>援调对接</source>
        <translation>Linked with legal aid</translation>
    </message>
    <message>
        <source>行调对接</source>
        <translation>Linked with administration</translation>
    </message>
    <message>
        <source>镇村对接</source>
        <translation>Linked with town and village</translation>
    </message>
    <message>
        <source>其他对接</source>
        <translation>Other link</translation>
    </message>
    <message>
        <source>调委会指定</source>
        <translation>Named by the committee</translation>
    </message>
    <message>
        <source>当事人选择</source>
        <translation>Chosen by the parties</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>被申请人</source>
        <translation>Respondent</translation>
    </message>
    <message>
        <source>第三人</source>
        <translation>Third party</translation>
    </message>
    <message>
        <source>自然人</source>
        <translation>Natural person</translation>
    </message>
    <message>
        <source>法人或其他组织</source>
        <translation>Legal person or organisation</translation>
    </message>
    <message>
        <source>达成协议</source>
        <translation>Agreement reached</translation>
    </message>
    <message>
        <source>继续调解</source>
        <translation>To be continued</translation>
    </message>
    <message>
        <source>未达成协议</source>
        <translation>No agreement</translation>
    </message>
    <message>
        <source>书面协议</source>
        <translation>Written agreement</translation>
    </message>
    <message>
        <source>口头协议</source>
        <translation>Oral agreement</translation>
    </message>
    <message>
        <source>提出方案</source>
        <translation>Proposal</translation>
    </message>
    <message>
        <source>还价方案</source>
        <translation>Counter-proposal</translation>
    </message>
    <message>
        <source>举证</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>告知</source>
        <translation>Notice</translation>
    </message>
    <message>
        <source>记事</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>调解不成</source>
        <translation>Mediation failed</translation>
    </message>
    <message>
        <source>拒绝调解</source>
        <translation>Refused mediation</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <translation>Application withdrawn</translation>
    </message>
    <message>
        <source>已登记</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>待核实</source>
        <translation>To verify</translation>
    </message>
    <message>
        <source>待派遣</source>
        <translation>To dispatch</translation>
    </message>
    <message>
        <source>处置中</source>
        <translation>Being handled</translation>
    </message>
    <message>
        <source>待反馈</source>
        <translation>To answer</translation>
    </message>
    <message>
        <source>待评价</source>
        <translation>To rate</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已归档</source>
        <translation>Archived</translation>
    </message>
    <message>
        <source>已转出</source>
        <translation>Referred</translation>
    </message>
    <message>
        <source>待核验</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>In order</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>黑名单</source>
        <translation>Blacklisted</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>待人工判断</source>
        <translation>Held for judgement</translation>
    </message>
    <message>
        <source>待审</source>
        <translation>To review</translation>
    </message>
    <message>
        <source>招工中</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已招满</source>
        <translation>Full</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>待结算</source>
        <translation>To settle</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>已下架</source>
        <translation>Taken down</translation>
    </message>
    <message>
        <source>可接活</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>暂不接活</source>
        <translation>Not available</translation>
    </message>
    <message>
        <source>限制</source>
        <translation>Sanctioned</translation>
    </message>
    <message>
        <source>已报名</source>
        <translation>Applied</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>已到岗</source>
        <translation>Checked in</translation>
    </message>
    <message>
        <source>已完工</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>未到岗</source>
        <translation>No-show</translation>
    </message>
    <message>
        <source>已退出</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>未录用</source>
        <translation>Not placed</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>调解中</source>
        <translation>Being mediated</translation>
    </message>
    <message>
        <source>当事人拒绝</source>
        <translation>Refused by a party</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>履行中</source>
        <translation>Being performed</translation>
    </message>
    <message>
        <source>回访中</source>
        <translation>Being revisited</translation>
    </message>
    <message>
        <source>正在记录</source>
        <translation>Being written</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>待生效</source>
        <translation>Not yet in effect</translation>
    </message>
    <message>
        <source>已生效</source>
        <translation>In effect</translation>
    </message>
    <message>
        <source>待决定</source>
        <translation>Undecided</translation>
    </message>
    <message>
        <source>待第二人确认</source>
        <translation>Awaits a second person</translation>
    </message>
    <message>
        <source>开始核实</source>
        <translation>Start verifying</translation>
    </message>
    <message>
        <source>转出</source>
        <translation>Refer</translation>
    </message>
    <message>
        <source>核实属实</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>核实不属实</source>
        <translation>Unfounded</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatch</translation>
    </message>
    <message>
        <source>处置完成</source>
        <translation>Handling done</translation>
    </message>
    <message>
        <source>反馈给居民</source>
        <translation>Answer the resident</translation>
    </message>
    <message>
        <source>记录评价</source>
        <translation>Record the rating</translation>
    </message>
    <message>
        <source>退回重办</source>
        <translation>Return for handling</translation>
    </message>
    <message>
        <source>未评价办结</source>
        <translation>Close without rating</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>核验通过</source>
        <translation>Checked, in order</translation>
    </message>
    <message>
        <source>列入黑名单</source>
        <translation>Blacklist</translation>
    </message>
    <message>
        <source>重新核验</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>暂停用工</source>
        <translation>Suspend</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>申诉成立</source>
        <translation>Appeal upheld</translation>
    </message>
    <message>
        <source>提交审核</source>
        <translation>Submit for review</translation>
    </message>
    <message>
        <source>交人工判断</source>
        <translation>Hold for judgement</translation>
    </message>
    <message>
        <source>放行</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>退回修改</source>
        <translation>Return for changes</translation>
    </message>
    <message>
        <source>发布</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>招满</source>
        <translation>Mark as full</translation>
    </message>
    <message>
        <source>继续招工</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>开工</source>
        <translation>Start work</translation>
    </message>
    <message>
        <source>进入结算</source>
        <translation>Start settling</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>下架</source>
        <translation>Take down</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>恢复接活</source>
        <translation>Make available</translation>
    </message>
    <message>
        <source>解除限制</source>
        <translation>Lift the sanction</translation>
    </message>
    <message>
        <source>确认录用</source>
        <translation>Confirm placement</translation>
    </message>
    <message>
        <source>不录用</source>
        <translation>Do not place</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>到岗签到</source>
        <translation>Check in</translation>
    </message>
    <message>
        <source>完工签退</source>
        <translation>Check out</translation>
    </message>
    <message>
        <source>开始调解</source>
        <translation>Start mediating</translation>
    </message>
    <message>
        <source>进入履行</source>
        <translation>Start performance</translation>
    </message>
    <message>
        <source>进入回访</source>
        <translation>Start revisiting</translation>
    </message>
    <message>
        <source>结束本次调解</source>
        <translation>End this session</translation>
    </message>
    <message>
        <source>确认生效</source>
        <translation>Put into effect</translation>
    </message>
    <message>
        <source>未评价</source>
        <translation>Not rated</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>临时编号</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>纠纷类别</source>
        <translation>Kind of dispute</translation>
    </message>
    <message>
        <source>对接类型</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>对接案号</source>
        <translation>Linked number</translation>
    </message>
    <message>
        <source>受理日期</source>
        <translation>Accepted on</translation>
    </message>
    <message>
        <source>调解期限</source>
        <translation>Due on</translation>
    </message>
    <message>
        <source>延长至</source>
        <translation>Extended to</translation>
    </message>
    <message>
        <source>结束日期</source>
        <translation>Closed on</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>涉及金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>当事人数</source>
        <translation>Number of parties</translation>
    </message>
    <message>
        <source>承办小组</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>调解员由谁选定</source>
        <translation>Mediator chosen by</translation>
    </message>
    <message>
        <source>激化程度</source>
        <translation>Escalation</translation>
    </message>
    <message>
        <source>报警时间</source>
        <translation>Police called at</translation>
    </message>
    <message>
        <source>来自事件</source>
        <translation>From report</translation>
    </message>
    <message>
        <source>来自零工报名</source>
        <translation>From job application</translation>
    </message>
    <message>
        <source>所属案件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>纠纷名称</source>
        <translation>Name of the dispute</translation>
    </message>
    <message>
        <source>纠纷简要情况</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>当事人请求</source>
        <translation>What the party asks for</translation>
    </message>
    <message>
        <source>发生地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>发生日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>公开调解</source>
        <translation>Public mediation</translation>
    </message>
    <message>
        <source>涉及单位</source>
        <translation>Organisations involved</translation>
    </message>
    <message>
        <source>风险</source>
        <translation>Risk</translation>
    </message>
    <message>
        <source>措施</source>
        <translation>Measures</translation>
    </message>
    <message>
        <source>结束说明</source>
        <translation>How it ended</translation>
    </message>
    <message>
        <source>告知其他途径</source>
        <translation>Other ways explained</translation>
    </message>
    <message>
        <source>当事人身份</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>当事人性质</source>
        <translation>Kind of party</translation>
    </message>
    <message>
        <source>代表人</source>
        <translation>Representative</translation>
    </message>
    <message>
        <source>民族</source>
        <translation>Ethnicity</translation>
    </message>
    <message>
        <source>职业</source>
        <translation>Occupation</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Employer</translation>
    </message>
    <message>
        <source>送达地址</source>
        <translation>Address for service</translation>
    </message>
    <message>
        <source>代理人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>代理人身份证号码</source>
        <translation>Agent&apos;s identity number</translation>
    </message>
    <message>
        <source>代理人电话</source>
        <translation>Agent&apos;s phone</translation>
    </message>
    <message>
        <source>代理权限</source>
        <translation>Agent&apos;s powers</translation>
    </message>
    <message>
        <source>代理至</source>
        <translation>Agent until</translation>
    </message>
    <message>
        <source>同意调解</source>
        <translation>Agrees to mediation</translation>
    </message>
    <message>
        <source>已告知权利义务</source>
        <translation>Told of rights and duties</translation>
    </message>
    <message>
        <source>告知书已签</source>
        <translation>Notice signed</translation>
    </message>
    <message>
        <source>要求公开</source>
        <translation>Asks for publicity</translation>
    </message>
    <message>
        <source>同意延期</source>
        <translation>Agrees to extension</translation>
    </message>
    <message>
        <source>开始时间</source>
        <translation>Begins at</translation>
    </message>
    <message>
        <source>结束时间</source>
        <translation>Ends at</translation>
    </message>
    <message>
        <source>调解地点</source>
        <translation>Place of mediation</translation>
    </message>
    <message>
        <source>到场当事人</source>
        <translation>Parties present</translation>
    </message>
    <message>
        <source>邀请参加的人</source>
        <translation>People invited</translation>
    </message>
    <message>
        <source>当事人同意邀请</source>
        <translation>Parties agree to the invitation</translation>
    </message>
    <message>
        <source>记录人</source>
        <translation>Recorder</translation>
    </message>
    <message>
        <source>本次结果</source>
        <translation>Result of this session</translation>
    </message>
    <message>
        <source>已宣读核对</source>
        <translation>Read and checked</translation>
    </message>
    <message>
        <source>定稿时间</source>
        <translation>Final at</translation>
    </message>
    <message>
        <source>所属调解</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>陈述人</source>
        <translation>Party speaking</translation>
    </message>
    <message>
        <source>其他发言人</source>
        <translation>Other speaker</translation>
    </message>
    <message>
        <source>内容</source>
        <translation>What</translation>
    </message>
    <message>
        <source>协议形式</source>
        <translation>Form of the agreement</translation>
    </message>
    <message>
        <source>变更的协议</source>
        <translation>Agreement that is changed</translation>
    </message>
    <message>
        <source>主要事实</source>
        <translation>Main facts</translation>
    </message>
    <message>
        <source>争议事项</source>
        <translation>Points in dispute</translation>
    </message>
    <message>
        <source>各方责任</source>
        <translation>Duties of each side</translation>
    </message>
    <message>
        <source>协议内容</source>
        <translation>Terms</translation>
    </message>
    <message>
        <source>履行方式和期限</source>
        <translation>How and when to perform</translation>
    </message>
    <message>
        <source>履行期限</source>
        <translation>Perform until</translation>
    </message>
    <message>
        <source>协议金额</source>
        <translation>Agreed amount</translation>
    </message>
    <message>
        <source>达成时间</source>
        <translation>Reached at</translation>
    </message>
    <message>
        <source>已签名的当事人</source>
        <translation>Parties who signed</translation>
    </message>
    <message>
        <source>调解员已签名</source>
        <translation>Mediator signed</translation>
    </message>
    <message>
        <source>调委会已盖章</source>
        <translation>Committee sealed</translation>
    </message>
    <message>
        <source>生效时间</source>
        <translation>In effect since</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>可申请司法确认至</source>
        <translation>Court confirmation until</translation>
    </message>
    <message>
        <source>内容校验值</source>
        <translation>Checksum</translation>
    </message>
    <message>
        <source>纠纷情况</source>
        <translation>Dispute</translation>
    </message>
    <message>
        <source>延长期限</source>
        <translation>Extend</translation>
    </message>
    <message>
        <source>告知权利义务</source>
        <translation>Tell rights and duties</translation>
    </message>
    <message>
        <source>所属类别</source>
        <translation>Belongs to (kind)</translation>
    </message>
    <message>
        <source>所属记录</source>
        <translation>Belongs to</translation>
    </message>
    <message>
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>格式</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>拍摄时间</source>
        <translation>Taken at</translation>
    </message>
    <message>
        <source>拍摄设备</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>扫描件</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>身份证明</source>
        <translation>Proof of identity</translation>
    </message>
    <message>
        <source>证照</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Signature</translation>
    </message>
    <message>
        <source>录音</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>凭证</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>证据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>其他材料</source>
        <translation>Other paper</translation>
    </message>
    <message>
        <source>居民身份证</source>
        <translation>Identity card</translation>
    </message>
    <message>
        <source>居住证</source>
        <translation>Residence permit</translation>
    </message>
    <message>
        <source>护照</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>其他证件</source>
        <translation>Other document</translation>
    </message>
    <message>
        <source>承办人</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>认领到期</source>
        <translation>Claim lapses at</translation>
    </message>
    <message>
        <source>补充材料</source>
        <translation>Supplementary</translation>
    </message>
    <message>
        <source>认领</source>
        <translation>Claim</translation>
    </message>
    <message>
        <source>申请认领</source>
        <translation>Ask to handle</translation>
    </message>
    <message>
        <source>放弃认领</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>改派承办人</source>
        <translation>Give to somebody else</translation>
    </message>
    <message>
        <source>转到别处</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>拍摄位置</source>
        <translation>Place of the picture</translation>
    </message>
    <message>
        <source>共享件校验值</source>
        <translation>Checksum of the shared copy</translation>
    </message>
    <message>
        <source>已决定</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>已解决</source>
        <translation>Resolved</translation>
    </message>
    <message>
        <source>共享件大小</source>
        <translation>Size of the shared copy</translation>
    </message>
    <message>
        <source>重复诉求于</source>
        <translation>Repeats</translation>
    </message>
    <message>
        <source>不予受理的理由</source>
        <translation>Reason for not taking it on</translation>
    </message>
    <message>
        <source>理由表版本</source>
        <translation>Edition of the reasons</translation>
    </message>
    <message>
        <source>告知的其他途径</source>
        <translation>Other ways told</translation>
    </message>
    <message>
        <source>后登记的事件</source>
        <translation>Later report</translation>
    </message>
    <message>
        <source>先登记的事件</source>
        <translation>Earlier report</translation>
    </message>
    <message>
        <source>动作</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>解除的关联</source>
        <translation>Link undone</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Grounds</translation>
    </message>
    <message>
        <source>距离（米）</source>
        <translation>Distance (m)</translation>
    </message>
    <message>
        <source>文字相似（%）</source>
        <translation>Likeness of texts (%)</translation>
    </message>
    <message>
        <source>重复关联</source>
        <translation>Duplicate link</translation>
    </message>
    <message>
        <source>地点相近</source>
        <translation>near by</translation>
    </message>
    <message>
        <source>地址相同</source>
        <translation>same address</translation>
    </message>
    <message>
        <source>说法相近</source>
        <translation>similar words</translation>
    </message>
    <message>
        <source>关联</source>
        <translation>link</translation>
    </message>
    <message>
        <source>解除</source>
        <translation>unlink</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>not taken on</translation>
    </message>
    <message>
        <source>改为受理</source>
        <translation>Take on after all</translation>
    </message>
    <message>
        <source>关联为同一件事</source>
        <translation>Link as the same matter</translation>
    </message>
    <message>
        <source>志愿者</source>
        <translation>Volunteer</translation>
    </message>
    <message>
        <source>队伍</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>路段</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>值班</source>
        <translation>Duty</translation>
    </message>
    <message>
        <source>群防任务</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>任务报名</source>
        <translation>Sign-up</translation>
    </message>
    <message>
        <source>治安巡防</source>
        <translation>Public-order patrol</translation>
    </message>
    <message>
        <source>厝边阿姨</source>
        <translation>Neighbourhood watch</translation>
    </message>
    <message>
        <source>法律援助</source>
        <translation>Legal aid</translation>
    </message>
    <message>
        <source>志愿服务</source>
        <translation>Voluntary service</translation>
    </message>
    <message>
        <source>其他队伍</source>
        <translation>Other team</translation>
    </message>
    <message>
        <source>定点守护</source>
        <translation>Fixed post</translation>
    </message>
    <message>
        <source>巡逻</source>
        <translation>Patrol</translation>
    </message>
    <message>
        <source>宣传</source>
        <translation>Publicity</translation>
    </message>
    <message>
        <source>助老</source>
        <translation>Help for the old</translation>
    </message>
    <message>
        <source>其他任务</source>
        <translation>Other task</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
    <message>
        <source>派出所</source>
        <translation>Police station</translation>
    </message>
    <message>
        <source>网格员A</source>
        <translation>Grid worker A</translation>
    </message>
    <message>
        <source>网格员B</source>
        <translation>Grid worker B</translation>
    </message>
    <message>
        <source>警员</source>
        <translation>Police officer</translation>
    </message>
    <message>
        <source>名额已确认</source>
        <translation>Place confirmed</translation>
    </message>
    <message>
        <source>候补中</source>
        <translation>On the waitlist</translation>
    </message>
    <message>
        <source>未能参加</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>时间与另一项任务冲突</source>
        <translation>Overlaps another task</translation>
    </message>
    <message>
        <source>本周任务已达上限</source>
        <translation>Weekly limit reached</translation>
    </message>
    <message>
        <source>任务已不接受报名</source>
        <translation>Takes no sign-ups any more</translation>
    </message>
    <message>
        <source>已经报过名</source>
        <translation>Signed up already</translation>
    </message>
    <message>
        <source>名单勾选</source>
        <translation>Leader&apos;s list</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>QR code</translation>
    </message>
    <message>
        <source>定位</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>在册</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>报名中</source>
        <translation>Signing up</translation>
    </message>
    <message>
        <source>已定人</source>
        <translation>Places filled</translation>
    </message>
    <message>
        <source>已核验</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>已计分</source>
        <translation>Scored</translation>
    </message>
    <message>
        <source>已驳回</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>已申请</source>
        <translation>Asked for</translation>
    </message>
    <message>
        <source>站长准许</source>
        <translation>Allowed by the head</translation>
    </message>
    <message>
        <source>已签到</source>
        <translation>Checked in</translation>
    </message>
    <message>
        <source>已签退</source>
        <translation>Checked out</translation>
    </message>
    <message>
        <source>缺席</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>恢复服务</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>定人</source>
        <translation>Fill</translation>
    </message>
    <message>
        <source>重新接受报名</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>开始</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>提交核验</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>驳回</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>计分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>取消任务</source>
        <translation>Cancel the task</translation>
    </message>
    <message>
        <source>签到</source>
        <translation>Check in</translation>
    </message>
    <message>
        <source>签退</source>
        <translation>Check out</translation>
    </message>
    <message>
        <source>准许参加</source>
        <translation>Allow</translation>
    </message>
    <message>
        <source>记缺席</source>
        <translation>Mark absent</translation>
    </message>
    <message>
        <source>更正时间</source>
        <translation>Correct times</translation>
    </message>
    <message>
        <source>志愿者编号</source>
        <translation>Volunteer no.</translation>
    </message>
    <message>
        <source>所属队伍</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>特长</source>
        <translation>Skills</translation>
    </message>
    <message>
        <source>参加过的培训</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>表彰</source>
        <translation>Awards</translation>
    </message>
    <message>
        <source>意外险到期日</source>
        <translation>Insured until</translation>
    </message>
    <message>
        <source>变更原因</source>
        <translation>Reason of change</translation>
    </message>
    <message>
        <source>队名</source>
        <translation>Team name</translation>
    </message>
    <message>
        <source>队伍类型</source>
        <translation>Kind of team</translation>
    </message>
    <message>
        <source>队长</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>路段名</source>
        <translation>Route name</translation>
    </message>
    <message>
        <source>路线</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>签到点</source>
        <translation>Check-in points</translation>
    </message>
    <message>
        <source>值班队伍</source>
        <translation>Team on duty</translation>
    </message>
    <message>
        <source>值班志愿者</source>
        <translation>Volunteer on duty</translation>
    </message>
    <message>
        <source>值班人</source>
        <translation>On duty</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Task</translation>
    </message>
    <message>
        <source>任务类型</source>
        <translation>Kind of task</translation>
    </message>
    <message>
        <source>发布单位类型</source>
        <translation>Kind of issuer</translation>
    </message>
    <message>
        <source>发布单位</source>
        <translation>Issuer</translation>
    </message>
    <message>
        <source>承办队伍</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>集合地点</source>
        <translation>Meeting place</translation>
    </message>
    <message>
        <source>名额</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>最晚提前几小时退出</source>
        <translation>Withdraw until (hours before)</translation>
    </message>
    <message>
        <source>每人每周上限</source>
        <translation>Weekly limit per person</translation>
    </message>
    <message>
        <source>有人身危险</source>
        <translation>Dangerous</translation>
    </message>
    <message>
        <source>要求的培训</source>
        <translation>Trainings asked for</translation>
    </message>
    <message>
        <source>自发巡逻</source>
        <translation>Self-started patrol</translation>
    </message>
    <message>
        <source>任务说明</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>已确认人数</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>候补人数</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>提交人</source>
        <translation>Submitted by</translation>
    </message>
    <message>
        <source>处理意见</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>名次</source>
        <translation>Rank</translation>
    </message>
    <message>
        <source>到达次序</source>
        <translation>Order of arrival</translation>
    </message>
    <message>
        <source>未能参加的原因</source>
        <translation>Why not</translation>
    </message>
    <message>
        <source>冲突的任务</source>
        <translation>Task in the way</translation>
    </message>
    <message>
        <source>时钟误差（毫秒）</source>
        <translation>Clock error (ms)</translation>
    </message>
    <message>
        <source>中心收到时间</source>
        <translation>Received by the centre</translation>
    </message>
    <message>
        <source>中心决定时间</source>
        <translation>Decided by the centre</translation>
    </message>
    <message>
        <source>签到方式</source>
        <translation>Way of checking in</translation>
    </message>
    <message>
        <source>签到时间</source>
        <translation>Checked in</translation>
    </message>
    <message>
        <source>签退时间</source>
        <translation>Checked out</translation>
    </message>
    <message>
        <source>计入时长</source>
        <translation>Counted time</translation>
    </message>
    <message>
        <source>忘记签退</source>
        <translation>Forgot to check out</translation>
    </message>
    <message>
        <source>现场补录</source>
        <translation>added on the spot</translation>
    </message>
    <message>
        <source>诉求类型</source>
        <translation>Kind of demand</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>到期日暂定</source>
        <translation>Due day provisional</translation>
    </message>
    <message>
        <source>年份</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>节假日表</source>
        <translation>Calendar table</translation>
    </message>
    <message>
        <source>咨询</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>求助</source>
        <translation>Request for help</translation>
    </message>
    <message>
        <source>建议</source>
        <translation>Suggestion</translation>
    </message>
    <message>
        <source>投诉</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>举报</source>
        <translation>Tip-off</translation>
    </message>
    <message>
        <source>协办单位</source>
        <translation>Units that help</translation>
    </message>
    <message>
        <source>转往</source>
        <translation>Handed over to</translation>
    </message>
    <message>
        <source>接收单位或编号</source>
        <translation>Office or number there</translation>
    </message>
    <message>
        <source>挂起前的环节</source>
        <translation>Stage before suspension</translation>
    </message>
    <message>
        <source>挂起到</source>
        <translation>Suspended until</translation>
    </message>
    <message>
        <source>办理地点</source>
        <translation>Where it was done</translation>
    </message>
    <message>
        <source>轮次</source>
        <translation>Round</translation>
    </message>
    <message>
        <source>所凭附件</source>
        <translation>Attachments relied on</translation>
    </message>
    <message>
        <source>有关申请</source>
        <translation>Application concerned</translation>
    </message>
    <message>
        <source>事件编号</source>
        <translation>Report number</translation>
    </message>
    <message>
        <source>申请事项</source>
        <translation>Application for</translation>
    </message>
    <message>
        <source>延长多少</source>
        <translation>By how much</translation>
    </message>
    <message>
        <source>审批人</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>审批时间</source>
        <translation>Decided at</translation>
    </message>
    <message>
        <source>审批意见</source>
        <translation>Opinion</translation>
    </message>
    <message>
        <source>督办种类</source>
        <translation>Kind of card</translation>
    </message>
    <message>
        <source>被督办人</source>
        <translation>Pressed</translation>
    </message>
    <message>
        <source>督办意见</source>
        <translation>What is asked</translation>
    </message>
    <message>
        <source>申请</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>督办牌</source>
        <translation>Supervision card</translation>
    </message>
    <message>
        <source>110报警</source>
        <translation>Police 110</translation>
    </message>
    <message>
        <source>人民调解</source>
        <translation>People&apos;s mediation</translation>
    </message>
    <message>
        <source>其他部门</source>
        <translation>Another office</translation>
    </message>
    <message>
        <source>延期申请</source>
        <translation>Delay</translation>
    </message>
    <message>
        <source>挂起申请</source>
        <translation>Suspension</translation>
    </message>
    <message>
        <source>废止申请</source>
        <translation>Abolition</translation>
    </message>
    <message>
        <source>工作日</source>
        <translation>working days</translation>
    </message>
    <message>
        <source>自然日</source>
        <translation>days</translation>
    </message>
    <message>
        <source>催办</source>
        <translation>Reminder</translation>
    </message>
    <message>
        <source>普通督办</source>
        <translation>Black card</translation>
    </message>
    <message>
        <source>黄牌督办</source>
        <translation>Yellow card</translation>
    </message>
    <message>
        <source>红牌督办</source>
        <translation>Red card</translation>
    </message>
    <message>
        <source>待复核</source>
        <translation>To be rechecked</translation>
    </message>
    <message>
        <source>已挂起</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>已废止</source>
        <translation>Abolished</translation>
    </message>
    <message>
        <source>申请中</source>
        <translation>Applied for</translation>
    </message>
    <message>
        <source>已批准</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>未批准</source>
        <translation>Not approved</translation>
    </message>
    <message>
        <source>复核通过</source>
        <translation>Recheck passed</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Send back a stage</translation>
    </message>
    <message>
        <source>自办自结</source>
        <translation>Found, mended and closed by oneself</translation>
    </message>
    <message>
        <source>收回办理</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>挂起</source>
        <translation>Suspend</translation>
    </message>
    <message>
        <source>恢复办理</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>废止</source>
        <translation>Abolish</translation>
    </message>
    <message>
        <source>安排协办单位</source>
        <translation>Name units that help</translation>
    </message>
    <message>
        <source>协办反馈</source>
        <translation>Unit reports back</translation>
    </message>
    <message>
        <source>申请延期</source>
        <translation>Apply for a delay</translation>
    </message>
    <message>
        <source>批准延期</source>
        <translation>Approve the delay</translation>
    </message>
    <message>
        <source>不批准延期</source>
        <translation>Refuse the delay</translation>
    </message>
    <message>
        <source>撤回延期申请</source>
        <translation>Withdraw the application for a delay</translation>
    </message>
    <message>
        <source>申请挂起</source>
        <translation>Apply for suspension</translation>
    </message>
    <message>
        <source>不批准挂起</source>
        <translation>Refuse the suspension</translation>
    </message>
    <message>
        <source>撤回挂起申请</source>
        <translation>Withdraw the application for suspension</translation>
    </message>
    <message>
        <source>申请废止</source>
        <translation>Apply for abolition</translation>
    </message>
    <message>
        <source>不批准废止</source>
        <translation>Refuse the abolition</translation>
    </message>
    <message>
        <source>撤回废止申请</source>
        <translation>Withdraw the application for abolition</translation>
    </message>
    <message>
        <source>普通督办（黑牌）</source>
        <translation>Black card</translation>
    </message>
    <message>
        <source>撤牌</source>
        <translation>Withdraw the card</translation>
    </message>
    <message>
        <source>批准</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>不批准</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>解除关联</source>
        <translation>Unlink</translation>
    </message>
    <message>
        <source>礼品</source>
        <translation>Reward</translation>
    </message>
    <message>
        <source>积分兑换</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>积分流水</source>
        <translation>Points entry</translation>
    </message>
    <message>
        <source>兑换已确认</source>
        <translation>Exchange confirmed</translation>
    </message>
    <message>
        <source>缺货退分</source>
        <translation>Out of stock, points returned</translation>
    </message>
    <message>
        <source>积分不足退分</source>
        <translation>Not enough points, returned</translation>
    </message>
    <message>
        <source>任务计分</source>
        <translation>Task scored</translation>
    </message>
    <message>
        <source>兑换扣分</source>
        <translation>Exchanged</translation>
    </message>
    <message>
        <source>退分</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>冲正</source>
        <translation>Reversal</translation>
    </message>
    <message>
        <source>调整</source>
        <translation>Adjustment</translation>
    </message>
    <message>
        <source>发放</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>兑换</source>
        <translation>Redeemed</translation>
    </message>
    <message>
        <source>已发放</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>发放礼品</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>取消兑换</source>
        <translation>Call off</translation>
    </message>
    <message>
        <source>所需积分</source>
        <translation>Price in points</translation>
    </message>
    <message>
        <source>累计入库</source>
        <translation>Received in all</translation>
    </message>
    <message>
        <source>已兑出</source>
        <translation>Given</translation>
    </message>
    <message>
        <source>兑换结果</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>发放时间</source>
        <translation>Handed over at</translation>
    </message>
    <message>
        <source>发放人</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>借方</source>
        <translation>Debit</translation>
    </message>
    <message>
        <source>贷方</source>
        <translation>Credit</translation>
    </message>
    <message>
        <source>事由</source>
        <translation>For</translation>
    </message>
    <message>
        <source>所属月份</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>冲正的流水</source>
        <translation>Entry reversed</translation>
    </message>
    <message>
        <source>更正人</source>
        <translation>Corrected by</translation>
    </message>
    <message>
        <source>接警</source>
        <translation>Call accepted</translation>
    </message>
    <message>
        <source>派出</source>
        <translation>People sent</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>巡防记录</source>
        <translation>Round</translation>
    </message>
    <message>
        <source>巡防结果</source>
        <translation>Output of a round</translation>
    </message>
    <message>
        <source>线索</source>
        <translation>Clue</translation>
    </message>
    <message>
        <source>仅巡逻</source>
        <translation>Patrol only</translation>
    </message>
    <message>
        <source>信息采集</source>
        <translation>Collection</translation>
    </message>
    <message>
        <source>隐患</source>
        <translation>Hazard</translation>
    </message>
    <message>
        <source>纠纷</source>
        <translation>Dispute</translation>
    </message>
    <message>
        <source>好事</source>
        <translation>Good deed</translation>
    </message>
    <message>
        <source>晴</source>
        <translation>Sunny</translation>
    </message>
    <message>
        <source>阴</source>
        <translation>Cloudy</translation>
    </message>
    <message>
        <source>雨</source>
        <translation>Rain</translation>
    </message>
    <message>
        <source>台风暴雨</source>
        <translation>Storm</translation>
    </message>
    <message>
        <source>高温</source>
        <translation>Heat</translation>
    </message>
    <message>
        <source>寒冷</source>
        <translation>Cold</translation>
    </message>
    <message>
        <source>巡防中</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>待移交</source>
        <translation>To be handed over</translation>
    </message>
    <message>
        <source>已移交</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>结束巡防</source>
        <translation>End the round</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>moved</translation>
    </message>
    <message>
        <source>参加的人</source>
        <translation>Took part</translation>
    </message>
    <message>
        <source>天气</source>
        <translation>Weather</translation>
    </message>
    <message>
        <source>当场说和</source>
        <translation>Settled on the spot</translation>
    </message>
    <message>
        <source>转成的事件</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>转成的调解</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>线索内容</source>
        <translation>What was noticed</translation>
    </message>
    <message>
        <source>发现时间</source>
        <translation>Noticed</translation>
    </message>
    <message>
        <source>移交给</source>
        <translation>Handed to</translation>
    </message>
    <message>
        <source>回执号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>移交时间</source>
        <translation>Handed over at</translation>
    </message>
    <message>
        <source>移交人</source>
        <translation>Handed over by</translation>
    </message>
    <message>
        <source>撤回这份申请</source>
        <translation>Withdraw this application</translation>
    </message>
    <message>
        <source>志愿服务记录证明</source>
        <translation>Certificate of service</translation>
    </message>
    <message>
        <source>接报</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>网格内解决</source>
        <translation>Solved in the grid</translation>
    </message>
    <message>
        <source>社区内解决</source>
        <translation>Solved in the community</translation>
    </message>
    <message>
        <source>上交</source>
        <translation>Handed up</translation>
    </message>
    <message>
        <source>已出具</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>待派出</source>
        <translation>To be sent</translation>
    </message>
    <message>
        <source>已派出</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>已到场</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>撤销证明</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>服务开始日期</source>
        <translation>Service from</translation>
    </message>
    <message>
        <source>服务结束日期</source>
        <translation>Service until</translation>
    </message>
    <message>
        <source>服务时长</source>
        <translation>Service time</translation>
    </message>
    <message>
        <source>服务内容</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>出具单位</source>
        <translation>Issuer</translation>
    </message>
    <message>
        <source>单位负责人</source>
        <translation>Responsible</translation>
    </message>
    <message>
        <source>联系方式</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>出具日期</source>
        <translation>Issued on</translation>
    </message>
    <message>
        <source>什么事</source>
        <translation>What it is about</translation>
    </message>
    <message>
        <source>接报时间</source>
        <translation>Call taken</translation>
    </message>
    <message>
        <source>派出时间</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>派谁去</source>
        <translation>Who goes</translation>
    </message>
    <message>
        <source>派出人</source>
        <translation>Sent by</translation>
    </message>
    <message>
        <source>到场时间</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>在哪里解决</source>
        <translation>Solved where</translation>
    </message>
    <message>
        <source>处理结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>转办件</source>
        <translation>Hand-over order</translation>
    </message>
    <message>
        <source>转办回话</source>
        <translation>Word on a hand-over</translation>
    </message>
    <message>
        <source>转出去</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>转进来</source>
        <translation>In</translation>
    </message>
    <message>
        <source>本方说的</source>
        <translation>From us</translation>
    </message>
    <message>
        <source>对方说的</source>
        <translation>From them</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>办理中</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Finished</translation>
    </message>
    <message>
        <source>超职责诉求</source>
        <translation>Outside our duty</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>内容更正</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>留言</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>待发</source>
        <translation>Not sent yet</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>对方办理中</source>
        <translation>They are working on it</translation>
    </message>
    <message>
        <source>对方已办结</source>
        <translation>Finished there</translation>
    </message>
    <message>
        <source>对方退回</source>
        <translation>Returned by them</translation>
    </message>
    <message>
        <source>已收到</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>本站办理中</source>
        <translation>We are working on it</translation>
    </message>
    <message>
        <source>已答复对方</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>已退给对方</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>记送达</source>
        <translation>Record delivery</translation>
    </message>
    <message>
        <source>对方开始办理</source>
        <translation>They have begun</translation>
    </message>
    <message>
        <source>对方办结</source>
        <translation>They have finished</translation>
    </message>
    <message>
        <source>对方重新办理</source>
        <translation>They work on it again</translation>
    </message>
    <message>
        <source>写答复</source>
        <translation>Write the answer</translation>
    </message>
    <message>
        <source>转办编号</source>
        <translation>Order number</translation>
    </message>
    <message>
        <source>对方</source>
        <translation>Partner</translation>
    </message>
    <message>
        <source>方向</source>
        <translation>Direction</translation>
    </message>
    <message>
        <source>收件部门</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>交出的内容</source>
        <translation>What is handed over</translation>
    </message>
    <message>
        <source>转办理由</source>
        <translation>Reason of the hand-over</translation>
    </message>
    <message>
        <source>打电话的时间</source>
        <translation>Time of the call</translation>
    </message>
    <message>
        <source>打电话的人</source>
        <translation>Who called</translation>
    </message>
    <message>
        <source>接警员或警号</source>
        <translation>Call taker or badge number</translation>
    </message>
    <message>
        <source>接警答复</source>
        <translation>What they said</translation>
    </message>
    <message>
        <source>对方编号</source>
        <translation>Their number</translation>
    </message>
    <message>
        <source>回执编号</source>
        <translation>Receipt number</translation>
    </message>
    <message>
        <source>回执时间</source>
        <translation>Time of the receipt</translation>
    </message>
    <message>
        <source>办理时限（工作日）</source>
        <translation>Limit (working days)</translation>
    </message>
    <message>
        <source>申请类型</source>
        <translation>Type of application</translation>
    </message>
    <message>
        <source>公开答复内容</source>
        <translation>Public answer</translation>
    </message>
    <message>
        <source>所属转办件</source>
        <translation>Hand-over order</translation>
    </message>
    <message>
        <source>谁说的</source>
        <translation>Who said it</translation>
    </message>
    <message>
        <source>办理状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>转办</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>先拨110</source>
        <translation>Call 110 first</translation>
    </message>
    <message>
        <source>已结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Close the case</translation>
    </message>
    <message>
        <source>调委会</source>
        <translation>Mediation committee</translation>
    </message>
    <message>
        <source>调委会成员</source>
        <translation>Committee member</translation>
    </message>
    <message>
        <source>邀请参与人</source>
        <translation>Invited participant</translation>
    </message>
    <message>
        <source>调查记录</source>
        <translation>Investigation record</translation>
    </message>
    <message>
        <source>履行计划</source>
        <translation>Performance plan line</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Revisit</translation>
    </message>
    <message>
        <source>司法确认</source>
        <translation>Judicial confirmation</translation>
    </message>
    <message>
        <source>村务管理</source>
        <translation>Village affairs</translation>
    </message>
    <message>
        <source>计划生育</source>
        <translation>Family planning</translation>
    </message>
    <message>
        <source>农村土地承包和三资</source>
        <translation>Rural contracting and collective assets</translation>
    </message>
    <message>
        <source>建筑质量</source>
        <translation>Building quality</translation>
    </message>
    <message>
        <source>民族宗教</source>
        <translation>Ethnic and religious</translation>
    </message>
    <message>
        <source>军转退伍</source>
        <translation>Veterans</translation>
    </message>
    <message>
        <source>企业改制</source>
        <translation>Enterprise reform</translation>
    </message>
    <message>
        <source>司法活动</source>
        <translation>Judicial acts</translation>
    </message>
    <message>
        <source>行政执法</source>
        <translation>Administrative enforcement</translation>
    </message>
    <message>
        <source>学校</source>
        <translation>School</translation>
    </message>
    <message>
        <source>海事渔事</source>
        <translation>Maritime and fishery</translation>
    </message>
    <message>
        <source>干部作风</source>
        <translation>Cadres&apos; conduct</translation>
    </message>
    <message>
        <source>调解室</source>
        <translation>Mediation room</translation>
    </message>
    <message>
        <source>纠纷现场</source>
        <translation>On the spot</translation>
    </message>
    <message>
        <source>上门</source>
        <translation>At a party&apos;s home</translation>
    </message>
    <message>
        <source>线上</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>告知原则、方法和调解员身份</source>
        <translation>Principles, ways and who mediates told</translation>
    </message>
    <message>
        <source>双方陈述</source>
        <translation>Both sides&apos; statements</translation>
    </message>
    <message>
        <source>调查核实和质证</source>
        <translation>Inquiry and evidence examined</translation>
    </message>
    <message>
        <source>告知风险</source>
        <translation>Risks told</translation>
    </message>
    <message>
        <source>协议内容，或不成的原因和其他途径</source>
        <translation>The agreement, or why none and the other ways</translation>
    </message>
    <message>
        <source>亲属</source>
        <translation>Relative</translation>
    </message>
    <message>
        <source>朋友</source>
        <translation>Friend</translation>
    </message>
    <message>
        <source>专业人士</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>律师或法律工作者</source>
        <translation>Lawyer</translation>
    </message>
    <message>
        <source>所在单位人员</source>
        <translation>From the place of work</translation>
    </message>
    <message>
        <source>村居人员</source>
        <translation>From the community</translation>
    </message>
    <message>
        <source>民警</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>其他人</source>
        <translation>Somebody else</translation>
    </message>
    <message>
        <source>一般代理</source>
        <translation>General agent</translation>
    </message>
    <message>
        <source>特别授权</source>
        <translation>Special powers</translation>
    </message>
    <message>
        <source>补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <source>变更</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>实物</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>劳务或修复</source>
        <translation>Work or repair</translation>
    </message>
    <message>
        <source>赔礼道歉</source>
        <translation>Apology</translation>
    </message>
    <message>
        <source>其他方式</source>
        <translation>Another way</translation>
    </message>
    <message>
        <source>全部履行</source>
        <translation>Wholly performed</translation>
    </message>
    <message>
        <source>部分履行</source>
        <translation>Partly performed</translation>
    </message>
    <message>
        <source>没有履行</source>
        <translation>Not performed</translation>
    </message>
    <message>
        <source>来访</source>
        <translation>At the office</translation>
    </message>
    <message>
        <source>邀请调解的法院</source>
        <translation>The court that invited the mediation</translation>
    </message>
    <message>
        <source>当事人住所地法院</source>
        <translation>The court of a party&apos;s home</translation>
    </message>
    <message>
        <source>标的物所在地法院</source>
        <translation>The court of the object&apos;s place</translation>
    </message>
    <message>
        <source>调委会所在地法院</source>
        <translation>The court of the committee&apos;s place</translation>
    </message>
    <message>
        <source>司法确认申请书</source>
        <translation>Application for judicial confirmation</translation>
    </message>
    <message>
        <source>身份或资格证明</source>
        <translation>Proof of identity or qualification</translation>
    </message>
    <message>
        <source>与财产有关的权属证明</source>
        <translation>Proof of rights in property</translation>
    </message>
    <message>
        <source>双方送达地址和电话</source>
        <translation>Both sides&apos; address for service and phone</translation>
    </message>
    <message>
        <source>授权委托书</source>
        <translation>Power of attorney</translation>
    </message>
    <message>
        <source>永久</source>
        <translation>Permanent</translation>
    </message>
    <message>
        <source>长期</source>
        <translation>Long</translation>
    </message>
    <message>
        <source>短期</source>
        <translation>Short</translation>
    </message>
    <message>
        <source>平和</source>
        <translation>Calm</translation>
    </message>
    <message>
        <source>有争吵</source>
        <translation>Quarrelling</translation>
    </message>
    <message>
        <source>激烈</source>
        <translation>Fierce</translation>
    </message>
    <message>
        <source>非常激烈</source>
        <translation>Very fierce</translation>
    </message>
    <message>
        <source>个别人之间</source>
        <translation>Between individuals</translation>
    </message>
    <message>
        <source>少数人（10人以下）</source>
        <translation>Few (under 10)</translation>
    </message>
    <message>
        <source>群体性（10人以上）</source>
        <translation>A group (10 or more)</translation>
    </message>
    <message>
        <source>大规模群体性（30人以上）</source>
        <translation>A crowd (30 or more)</translation>
    </message>
    <message>
        <source>防止转化为刑事案件</source>
        <translation>Kept from becoming a criminal case</translation>
    </message>
    <message>
        <source>防止群体性上访</source>
        <translation>Kept from a group petition</translation>
    </message>
    <message>
        <source>防止非正常死亡</source>
        <translation>Kept from an unnatural death</translation>
    </message>
    <message>
        <source>防止群体性械斗</source>
        <translation>Kept from a group brawl</translation>
    </message>
    <message>
        <source>村调委会</source>
        <translation>Village committee</translation>
    </message>
    <message>
        <source>居委会调委会</source>
        <translation>Residents&apos; committee</translation>
    </message>
    <message>
        <source>乡镇街道调委会</source>
        <translation>Township or street committee</translation>
    </message>
    <message>
        <source>企事业单位调委会</source>
        <translation>Enterprise committee</translation>
    </message>
    <message>
        <source>行业性专业性调委会</source>
        <translation>Trade or special committee</translation>
    </message>
    <message>
        <source>其他调委会</source>
        <translation>Another committee</translation>
    </message>
    <message>
        <source>主任</source>
        <translation>Head</translation>
    </message>
    <message>
        <source>副主任</source>
        <translation>Deputy head</translation>
    </message>
    <message>
        <source>委员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>聘任的调解员</source>
        <translation>Appointed mediator</translation>
    </message>
    <message>
        <source>已签名</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>拒绝签名</source>
        <translation>Would not sign</translation>
    </message>
    <message>
        <source>已定稿</source>
        <translation>Final</translation>
    </message>
    <message>
        <source>待履行</source>
        <translation>To be performed</translation>
    </message>
    <message>
        <source>已履行</source>
        <translation>Performed</translation>
    </message>
    <message>
        <source>逾期未履行</source>
        <translation>Not performed in time</translation>
    </message>
    <message>
        <source>待回访</source>
        <translation>To be visited</translation>
    </message>
    <message>
        <source>已回访</source>
        <translation>Visited</translation>
    </message>
    <message>
        <source>不回访</source>
        <translation>Not visited</translation>
    </message>
    <message>
        <source>准备材料</source>
        <translation>Being prepared</translation>
    </message>
    <message>
        <source>不申请了</source>
        <translation>Not applied for</translation>
    </message>
    <message>
        <source>法院已受理</source>
        <translation>Taken up by the court</translation>
    </message>
    <message>
        <source>不予受理或驳回</source>
        <translation>Turned down by the court</translation>
    </message>
    <message>
        <source>已撤回申请</source>
        <translation>Application withdrawn</translation>
    </message>
    <message>
        <source>读给被调查人听并定稿</source>
        <translation>Read back and close</translation>
    </message>
    <message>
        <source>取消这一项</source>
        <translation>Cancel this line</translation>
    </message>
    <message>
        <source>记下回访</source>
        <translation>Write down the visit</translation>
    </message>
    <message>
        <source>共同申请</source>
        <translation>Apply jointly</translation>
    </message>
    <message>
        <source>法院已确认</source>
        <translation>Confirmed by the court</translation>
    </message>
    <message>
        <source>调委会名称</source>
        <translation>Name of the committee</translation>
    </message>
    <message>
        <source>编号简称</source>
        <translation>Short name in numbers</translation>
    </message>
    <message>
        <source>调委会类型</source>
        <translation>Kind of committee</translation>
    </message>
    <message>
        <source>任期开始</source>
        <translation>Term from</translation>
    </message>
    <message>
        <source>任期届满</source>
        <translation>Term to</translation>
    </message>
    <message>
        <source>印章保管人</source>
        <translation>Keeper of the seal</translation>
    </message>
    <message>
        <source>印章存放处</source>
        <translation>Where the seal is</translation>
    </message>
    <message>
        <source>所在地基层法院</source>
        <translation>Basic court of its place</translation>
    </message>
    <message>
        <source>所属司法所</source>
        <translation>Judicial office</translation>
    </message>
    <message>
        <source>所属调委会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>职务</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>专职</source>
        <translation>Full-time</translation>
    </message>
    <message>
        <source>登录账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>任职日期</source>
        <translation>In office since</translation>
    </message>
    <message>
        <source>离任日期</source>
        <translation>Left on</translation>
    </message>
    <message>
        <source>身份</source>
        <translation>Capacity</translation>
    </message>
    <message>
        <source>邀请原因</source>
        <translation>Why invited</translation>
    </message>
    <message>
        <source>工作单位</source>
        <translation>Place of work</translation>
    </message>
    <message>
        <source>同意的当事人</source>
        <translation>Parties who agree</translation>
    </message>
    <message>
        <source>不同意的当事人</source>
        <translation>Parties who do not agree</translation>
    </message>
    <message>
        <source>全部同意时间</source>
        <translation>When all had agreed</translation>
    </message>
    <message>
        <source>调查地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>被调查人</source>
        <translation>Person asked</translation>
    </message>
    <message>
        <source>被调查人情况</source>
        <translation>About the person asked</translation>
    </message>
    <message>
        <source>调查人</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>参加人</source>
        <translation>Others present</translation>
    </message>
    <message>
        <source>调查内容</source>
        <translation>What was said</translation>
    </message>
    <message>
        <source>被调查人签名</source>
        <translation>Signature of the person asked</translation>
    </message>
    <message>
        <source>原来的期限</source>
        <translation>The day before</translation>
    </message>
    <message>
        <source>延长到</source>
        <translation>Extended to</translation>
    </message>
    <message>
        <source>延长原因</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>所属协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>履行内容</source>
        <translation>What is to be done</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>履行人</source>
        <translation>By</translation>
    </message>
    <message>
        <source>接受人</source>
        <translation>To</translation>
    </message>
    <message>
        <source>履行日期</source>
        <translation>Done on</translation>
    </message>
    <message>
        <source>履行方式</source>
        <translation>How</translation>
    </message>
    <message>
        <source>实际金额</source>
        <translation>Amount in fact</translation>
    </message>
    <message>
        <source>应回访日期</source>
        <translation>Due on</translation>
    </message>
    <message>
        <source>回访时间</source>
        <translation>Visited at</translation>
    </message>
    <message>
        <source>回访方式</source>
        <translation>How</translation>
    </message>
    <message>
        <source>回访人</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <source>回访的当事人</source>
        <translation>Parties spoken with</translation>
    </message>
    <message>
        <source>履行情况</source>
        <translation>Performance</translation>
    </message>
    <message>
        <source>满意程度</source>
        <translation>Satisfaction</translation>
    </message>
    <message>
        <source>已起诉</source>
        <translation>Sued</translation>
    </message>
    <message>
        <source>调解有错误</source>
        <translation>Wrongly mediated</translation>
    </message>
    <message>
        <source>矛盾激化</source>
        <translation>Escalated</translation>
    </message>
    <message>
        <source>采取的措施</source>
        <translation>Measures</translation>
    </message>
    <message>
        <source>回访情况</source>
        <translation>What was found</translation>
    </message>
    <message>
        <source>最后一日（稳妥）</source>
        <translation>Last day (safe)</translation>
    </message>
    <message>
        <source>遇节假日顺延到</source>
        <translation>Moved behind holidays to</translation>
    </message>
    <message>
        <source>法院</source>
        <translation>Court</translation>
    </message>
    <message>
        <source>管辖依据</source>
        <translation>Why this court</translation>
    </message>
    <message>
        <source>共同申请人</source>
        <translation>Joint applicants</translation>
    </message>
    <message>
        <source>已备材料</source>
        <translation>Papers together</translation>
    </message>
    <message>
        <source>已知晓身份关系不予确认</source>
        <translation>Knows that identity relations are not confirmed</translation>
    </message>
    <message>
        <source>申请日期</source>
        <translation>Applied on</translation>
    </message>
    <message>
        <source>法院受理日期</source>
        <translation>Taken up on</translation>
    </message>
    <message>
        <source>法院延长十日</source>
        <translation>Court took ten days more</translation>
    </message>
    <message>
        <source>裁定日期</source>
        <translation>Decided on</translation>
    </message>
    <message>
        <source>裁定书文号</source>
        <translation>Number of the decision</translation>
    </message>
    <message>
        <source>结案日期</source>
        <translation>Closed on</translation>
    </message>
    <message>
        <source>归档日期</source>
        <translation>Archived on</translation>
    </message>
    <message>
        <source>保管期限</source>
        <translation>Kept for</translation>
    </message>
    <message>
        <source>激化迹象</source>
        <translation>Signs of escalation</translation>
    </message>
    <message>
        <source>激烈程度</source>
        <translation>Fierceness</translation>
    </message>
    <message>
        <source>规模</source>
        <translation>Scale</translation>
    </message>
    <message>
        <source>突出事件</source>
        <translation>Prominent</translation>
    </message>
    <message>
        <source>防止的后果</source>
        <translation>What was prevented</translation>
    </message>
    <message>
        <source>涉及人数（防止）</source>
        <translation>People concerned (prevented)</translation>
    </message>
    <message>
        <source>刑事赔偿保证金</source>
        <translation>Deposit for criminal compensation</translation>
    </message>
    <message>
        <source>卷宗情况说明</source>
        <translation>About the file</translation>
    </message>
    <message>
        <source>结案说明</source>
        <translation>Closing remarks</translation>
    </message>
    <message>
        <source>代理类型</source>
        <translation>Kind of agency</translation>
    </message>
    <message>
        <source>代理起</source>
        <translation>Agent from</translation>
    </message>
    <message>
        <source>调解方式</source>
        <translation>Where and how</translation>
    </message>
    <message>
        <source>到场的邀请参与人</source>
        <translation>Invited persons present</translation>
    </message>
    <message>
        <source>记录要点</source>
        <translation>Points of the record</translation>
    </message>
    <message>
        <source>记录人已签名</source>
        <translation>Signed by the recorder</translation>
    </message>
    <message>
        <source>没有接通，没送出</source>
        <translation>Not connected, not sent</translation>
    </message>
    <message>
        <source>暂停中，没送出</source>
        <translation>Paused, not sent</translation>
    </message>
    <message>
        <source>一直没送到</source>
        <translation>Not delivered yet</translation>
    </message>
    <message>
        <source>对方没收下</source>
        <translation>Not taken there</translation>
    </message>
    <message>
        <source>▲ 没送到</source>
        <translation>▲ Not sent</translation>
    </message>
    <message>
        <source>请打电话，再记送达</source>
        <translation>Call, then note the delivery</translation>
    </message>
    <message>
        <source>▲ 对方退回</source>
        <translation>▲ Sent back</translation>
    </message>
    <message>
        <source>请收回办理</source>
        <translation>Take it back</translation>
    </message>
    <message>
        <source>● 对方已办结</source>
        <translation>● Finished there</translation>
    </message>
    <message>
        <source>请告诉居民</source>
        <translation>Tell the resident</translation>
    </message>
    <message>
        <source>收尾</source>
        <translation>Settle</translation>
    </message>
    <message>
        <source>为什么没送出</source>
        <translation>Why it was not sent</translation>
    </message>
    <message>
        <source>本站收尾的时间</source>
        <translation>Settled here at</translation>
    </message>
    <message>
        <source>补正或变更</source>
        <translation>Correction or change</translation>
    </message>
    <message>
        <source>纠纷排查</source>
        <translation>Checks for disputes</translation>
    </message>
    <message>
        <source>月结</source>
        <translation>Closed month</translation>
    </message>
    <message>
        <source>补贴标准</source>
        <translation>Subsidy rate</translation>
    </message>
    <message>
        <source>补贴表</source>
        <translation>Subsidy sheet</translation>
    </message>
    <message>
        <source>补贴案件</source>
        <translation>Subsidised case</translation>
    </message>
    <message>
        <source>按受理月份</source>
        <translation>By month accepted</translation>
    </message>
    <message>
        <source>按结束月份</source>
        <translation>By month closed</translation>
    </message>
    <message>
        <source>简易</source>
        <translation>Simple</translation>
    </message>
    <message>
        <source>疑难</source>
        <translation>Hard</translation>
    </message>
    <message>
        <source>待审批</source>
        <translation>Awaits approval</translation>
    </message>
    <message>
        <source>已审批</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>提交审批</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>审批通过</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>排查日期</source>
        <translation>Checked on</translation>
    </message>
    <message>
        <source>排查次数</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>发现纠纷</source>
        <translation>Disputes found</translation>
    </message>
    <message>
        <source>预防纠纷</source>
        <translation>Disputes prevented</translation>
    </message>
    <message>
        <source>站点</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>口径</source>
        <translation>Counted by</translation>
    </message>
    <message>
        <source>月份</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>月结内容</source>
        <translation>What was closed</translation>
    </message>
    <message>
        <source>案件难易</source>
        <translation>Difficulty</translation>
    </message>
    <message>
        <source>起算日</source>
        <translation>From</translation>
    </message>
    <message>
        <source>每件补贴（元）</source>
        <translation>For each case (yuan)</translation>
    </message>
    <message>
        <source>依据文号</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>合计（元）</source>
        <translation>Total (yuan)</translation>
    </message>
    <message>
        <source>制表人</source>
        <translation>Drawn up by</translation>
    </message>
    <message>
        <source>提交时间</source>
        <translation>Submitted at</translation>
    </message>
    <message>
        <source>退回理由</source>
        <translation>Why returned</translation>
    </message>
    <message>
        <source>所在补贴表</source>
        <translation>Subsidy sheet</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>补贴（元）</source>
        <translation>Subsidy (yuan)</translation>
    </message>
    <message>
        <source>改派单位</source>
        <translation>Give to another unit</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>打印记录</source>
        <translation>Printout</translation>
    </message>
    <message>
        <source>卷宗</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>卷宗封面</source>
        <translation>Cover</translation>
    </message>
    <message>
        <source>卷内目录</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <source>人民调解申请书</source>
        <translation>Application for mediation</translation>
    </message>
    <message>
        <source>受理登记表</source>
        <translation>Acceptance form</translation>
    </message>
    <message>
        <source>权利义务告知书</source>
        <translation>Notice of rights and duties</translation>
    </message>
    <message>
        <source>当事人身份证明</source>
        <translation>Proof of the parties&apos; identity</translation>
    </message>
    <message>
        <source>证据材料</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>调解协议书</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>口头协议登记表</source>
        <translation>Record of an oral agreement</translation>
    </message>
    <message>
        <source>履行凭证</source>
        <translation>Proof of performance</translation>
    </message>
    <message>
        <source>回访记录</source>
        <translation>Revisit record</translation>
    </message>
    <message>
        <source>结案报告表</source>
        <translation>Closing report</translation>
    </message>
    <message>
        <source>卷宗封底</source>
        <translation>Back cover</translation>
    </message>
    <message>
        <source>不予受理告知书</source>
        <translation>Notice of refusal</translation>
    </message>
    <message>
        <source>终止调解告知书</source>
        <translation>Notice of termination</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>存为 PDF</source>
        <translation>Saved as PDF</translation>
    </message>
    <message>
        <source>存为 Word</source>
        <translation>Saved as Word</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>去向</source>
        <translation>Went to</translation>
    </message>
    <message>
        <source>页数</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>已遮盖</source>
        <translation>Masked</translation>
    </message>
    <message>
        <source>签署以后打印</source>
        <translation>Printed after signing</translation>
    </message>
    <message>
        <source>所依标准</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>期限延长</source>
        <translation>Extension of time</translation>
    </message>
    <message>
        <source>撤牌：重复诉求</source>
        <translation>Card taken back: repeated complaint</translation>
    </message>
    <message>
        <source>撤牌：超过期限</source>
        <translation>Card taken back: over its limit</translation>
    </message>
    <message>
        <source>手工填写</source>
        <translation>Typed</translation>
    </message>
    <message>
        <source>扫码或定位签到…</source>
        <translation>By code or place…</translation>
    </message>
    <message>
        <source>签到时所在位置</source>
        <translation>Where they were</translation>
    </message>
    <message>
        <source>离签到点（米）</source>
        <translation>From the point (m)</translation>
    </message>
    <message>
        <source>提出的处理</source>
        <translation>Proposed sanction</translation>
    </message>
    <message>
        <source>提出人</source>
        <translation>Proposed by</translation>
    </message>
    <message>
        <source>撤牌：第二次不满意</source>
        <translation>Card lifted: dissatisfied a second time</translation>
    </message>
    <message>
        <source>位置来源</source>
        <translation>Source of the position</translation>
    </message>
    <message>
        <source>方案金额</source>
        <translation>Amount of the offer</translation>
    </message>
    <message>
        <source>所签记录的校验值</source>
        <translation>Checksums of the signed record</translation>
    </message>
    <message>
        <source>到岗登记人</source>
        <translation>Check-in noted by</translation>
    </message>
    <message>
        <source>完工登记人</source>
        <translation>Check-out noted by</translation>
    </message>
    <message>
        <source>休息（分钟）</source>
        <translation>Pause (minutes)</translation>
    </message>
    <message>
        <source>顶替谁</source>
        <translation>In place of</translation>
    </message>
    <message>
        <source>工资台账</source>
        <translation>Wage ledger</translation>
    </message>
    <message>
        <source>银行凭证</source>
        <translation>Bank voucher</translation>
    </message>
    <message>
        <source>本人签字</source>
        <translation>Signed by the worker</translation>
    </message>
    <message>
        <source>待发放</source>
        <translation>Owed</translation>
    </message>
    <message>
        <source>已冲销</source>
        <translation>Reversed</translation>
    </message>
    <message>
        <source>无须发放</source>
        <translation>Nothing to pay</translation>
    </message>
    <message>
        <source>登记发放</source>
        <translation>Record payment</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>行次</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>冲销的那一行</source>
        <translation>Line that it reverses</translation>
    </message>
    <message>
        <source>更正原因</source>
        <translation>Why corrected</translation>
    </message>
    <message>
        <source>用工编号</source>
        <translation>Posting number</translation>
    </message>
    <message>
        <source>用人单位名称</source>
        <translation>Employer</translation>
    </message>
    <message>
        <source>支付对象</source>
        <translation>Paid to</translation>
    </message>
    <message>
        <source>支付周期</source>
        <translation>Pay period</translation>
    </message>
    <message>
        <source>到岗</source>
        <translation>Came</translation>
    </message>
    <message>
        <source>完工</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>工作时间</source>
        <translation>Time worked</translation>
    </message>
    <message>
        <source>单价</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>基本报酬</source>
        <translation>Basic pay</translation>
    </message>
    <message>
        <source>加班费</source>
        <translation>Overtime pay</translation>
    </message>
    <message>
        <source>补贴奖金</source>
        <translation>Allowance, bonus</translation>
    </message>
    <message>
        <source>应发说明</source>
        <translation>Note on additions</translation>
    </message>
    <message>
        <source>代扣</source>
        <translation>Withheld</translation>
    </message>
    <message>
        <source>代缴</source>
        <translation>Paid over on behalf</translation>
    </message>
    <message>
        <source>扣除</source>
        <translation>Deducted</translation>
    </message>
    <message>
        <source>扣款项目和原因</source>
        <translation>Deductions and why</translation>
    </message>
    <message>
        <source>应发合计</source>
        <translation>Gross</translation>
    </message>
    <message>
        <source>实发工资</source>
        <translation>Net wage</translation>
    </message>
    <message>
        <source>更正前已付</source>
        <translation>Paid before the correction</translation>
    </message>
    <message>
        <source>应付余额</source>
        <translation>Still to pay</translation>
    </message>
    <message>
        <source>约定支付日</source>
        <translation>Agreed pay day</translation>
    </message>
    <message>
        <source>最晚支付日</source>
        <translation>Last day to pay</translation>
    </message>
    <message>
        <source>当年节假日表未到，暂定</source>
        <translation>Provisional: holidays of that year not known</translation>
    </message>
    <message>
        <source>支付日期</source>
        <translation>Paid on</translation>
    </message>
    <message>
        <source>支付方式</source>
        <translation>Paid by</translation>
    </message>
    <message>
        <source>支付凭据</source>
        <translation>Proof of payment</translation>
    </message>
    <message>
        <source>凭证号或存放处</source>
        <translation>Voucher number or where kept</translation>
    </message>
    <message>
        <source>发放经手人</source>
        <translation>Payment recorded by</translation>
    </message>
    <message>
        <source>查阅记录</source>
        <translation>Reading log</translation>
    </message>
    <message>
        <source>打开案卷</source>
        <translation>File opened</translation>
    </message>
    <message>
        <source>查看完整信息</source>
        <translation>Full value shown</translation>
    </message>
    <message>
        <source>查阅内容</source>
        <translation>What was read</translation>
    </message>
    <message>
        <source>字段</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>各方签名的日子</source>
        <translation>Days of signing</translation>
    </message>
    <message>
        <source>补交文件</source>
        <translation>Send more files</translation>
    </message>
    <message>
        <source>一起交的附件</source>
        <translation>Files that go along</translation>
    </message>
    <message>
        <source>附件怎样了</source>
        <translation>What became of the files</translation>
    </message>
    <message>
        <source>坐标</source>
        <translation>Coordinates</translation>
    </message>
    <message>
        <source>因报警查阅</source>
        <translation>Read because 110 was called</translation>
    </message>
    <message>
        <source>派工单和工资清单</source>
        <translation>Work orders and wage slips</translation>
    </message>
    <message>
        <source>派工单</source>
        <translation>Work order</translation>
    </message>
    <message>
        <source>工资清单</source>
        <translation>Wage slip</translation>
    </message>
    <message>
        <source>还差人</source>
        <translation>Places free</translation>
    </message>
    <message>
        <source>打印派工单</source>
        <translation>Print order</translation>
    </message>
    <message>
        <source>都安排好了</source>
        <translation>All arranged</translation>
    </message>
    <message>
        <source>记到岗</source>
        <translation>Note check-in</translation>
    </message>
    <message>
        <source>记完工</source>
        <translation>Note check-out</translation>
    </message>
    <message>
        <source>结算</source>
        <translation>Settle</translation>
    </message>
    <message>
        <source>发工资</source>
        <translation>Pay wages</translation>
    </message>
    <message>
        <source>单据</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>人数</source>
        <translation>People</translation>
    </message>
    <message>
        <source>撤回履行</source>
        <translation>Take performance back</translation>
    </message>
    <message>
        <source>内容校验码</source>
        <translation>Checksum</translation>
    </message>
    <message>
        <source>未签名的原因</source>
        <translation>Why a signature is missing</translation>
    </message>
    <message>
        <source>所签文本的校验值</source>
        <translation>Checksum of the text signed</translation>
    </message>
    <message>
        <source>排队</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>排队抽签</source>
        <translation>Queue draw</translation>
    </message>
    <message>
        <source>会这门活</source>
        <translation>has the skill</translation>
    </message>
    <message>
        <source>同一社区</source>
        <translation>same community</translation>
    </message>
    <message>
        <source>同一街道</source>
        <translation>same street</translation>
    </message>
    <message>
        <source>同一区县</source>
        <translation>same county</translation>
    </message>
    <message>
        <source>工钱够</source>
        <translation>pay as wished</translation>
    </message>
    <message>
        <source>排在前面</source>
        <translation>early in the queue</translation>
    </message>
    <message>
        <source>等了几个早上</source>
        <translation>waited some mornings</translation>
    </message>
    <message>
        <source>以往评价</source>
        <translation>past ratings</translation>
    </message>
    <message>
        <source>新来的</source>
        <translation>newcomer</translation>
    </message>
    <message>
        <source>先来后到</source>
        <translation>By arrival</translation>
    </message>
    <message>
        <source>抽签</source>
        <translation>Draw lots</translation>
    </message>
    <message>
        <source>在排</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>派到了</source>
        <translation>Placed</translation>
    </message>
    <message>
        <source>先回去了</source>
        <translation>Went home</translation>
    </message>
    <message>
        <source>回来排队</source>
        <translation>Back in the queue</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>连续几个早上没派到</source>
        <translation>Mornings in a row without work</translation>
    </message>
    <message>
        <source>排法</source>
        <translation>Order by</translation>
    </message>
    <message>
        <source>种子</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>在场的卡号</source>
        <translation>Cards that were there</translation>
    </message>
    <message>
        <source>核验所依据的扫描件</source>
        <translation>Scans that the check rests on</translation>
    </message>
    <message>
        <source>谁出保费</source>
        <translation>Who pays for it</translation>
    </message>
    <message>
        <source>保险起始日</source>
        <translation>Insured from</translation>
    </message>
    <message>
        <source>保险截止日</source>
        <translation>Insured until</translation>
    </message>
    <message>
        <source>招聘简章</source>
        <translation>Recruiting brochure</translation>
    </message>
    <message>
        <source>联企日</source>
        <translation>Enterprise contact day</translation>
    </message>
    <message>
        <source>企业走访</source>
        <translation>Visit to an enterprise</translation>
    </message>
    <message>
        <source>走访待办</source>
        <translation>Follow-up of a visit</translation>
    </message>
    <message>
        <source>企业需求</source>
        <translation>Need of an enterprise</translation>
    </message>
    <message>
        <source>反哺台账</source>
        <translation>Give-back ledger</translation>
    </message>
    <message>
        <source>开始准备</source>
        <translation>Start preparing</translation>
    </message>
    <message>
        <source>安排走访</source>
        <translation>Plan visits</translation>
    </message>
    <message>
        <source>记为已举行</source>
        <translation>Mark as held</translation>
    </message>
    <message>
        <source>记走访结果</source>
        <translation>Record the visit</translation>
    </message>
    <message>
        <source>写结果并结束</source>
        <translation>Write results and close</translation>
    </message>
    <message>
        <source>说明为何没举行</source>
        <translation>Say why it was not held</translation>
    </message>
    <message>
        <source>周末</source>
        <translation>Weekend</translation>
    </message>
    <message>
        <source>节假日</source>
        <translation>Public holiday</translation>
    </message>
    <message>
        <source>调休上班</source>
        <translation>Working weekend day</translation>
    </message>
    <message>
        <source>走访</source>
        <translation>Visit</translation>
    </message>
    <message>
        <source>用工</source>
        <translation>Workers</translation>
    </message>
    <message>
        <source>培训</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>政策</source>
        <translation>Policy</translation>
    </message>
    <message>
        <source>资金</source>
        <translation>Money</translation>
    </message>
    <message>
        <source>场地</source>
        <translation>Premises</translation>
    </message>
    <message>
        <source>权益维护</source>
        <translation>Rights</translation>
    </message>
    <message>
        <source>捐赠物资</source>
        <translation>Donated goods</translation>
    </message>
    <message>
        <source>还没准备</source>
        <translation>Not prepared yet</translation>
    </message>
    <message>
        <source>准备中</source>
        <translation>In preparation</translation>
    </message>
    <message>
        <source>已举行</source>
        <translation>Held</translation>
    </message>
    <message>
        <source>没有举行</source>
        <translation>Not held</translation>
    </message>
    <message>
        <source>错过</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>待走访</source>
        <translation>To be visited</translation>
    </message>
    <message>
        <source>已走访</source>
        <translation>Visited</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>办好</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>不办</source>
        <translation>Dropped</translation>
    </message>
    <message>
        <source>待办理</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>已满足</source>
        <translation>Met</translation>
    </message>
    <message>
        <source>未满足</source>
        <translation>Not met</translation>
    </message>
    <message>
        <source>没有举行…</source>
        <translation>Was not held…</translation>
    </message>
    <message>
        <source>改回准备中</source>
        <translation>Back to preparation</translation>
    </message>
    <message>
        <source>取消走访</source>
        <translation>Call off the visit</translation>
    </message>
    <message>
        <source>重新安排</source>
        <translation>Plan again</translation>
    </message>
    <message>
        <source>办好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>不办了</source>
        <translation>Drop it</translation>
    </message>
    <message>
        <source>重新打开</source>
        <translation>Open again</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Take in hand</translation>
    </message>
    <message>
        <source>未能满足</source>
        <translation>Could not be met</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Take up again</translation>
    </message>
    <message>
        <source>转成用工信息</source>
        <translation>Make a posting of it</translation>
    </message>
    <message>
        <source>安排</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>没有举行的原因</source>
        <translation>Why it was not held</translation>
    </message>
    <message>
        <source>走访日期</source>
        <translation>Day of the visit</translation>
    </message>
    <message>
        <source>走访人</source>
        <translation>Who goes</translation>
    </message>
    <message>
        <source>接待人</source>
        <translation>Who was met</translation>
    </message>
    <message>
        <source>接待人职务</source>
        <translation>Position of who was met</translation>
    </message>
    <message>
        <source>接待人电话</source>
        <translation>Phone of who was met</translation>
    </message>
    <message>
        <source>走访记录</source>
        <translation>Notes of the visit</translation>
    </message>
    <message>
        <source>取消原因</source>
        <translation>Why it was called off</translation>
    </message>
    <message>
        <source>要办的事</source>
        <translation>What is to be done</translation>
    </message>
    <message>
        <source>谁来办</source>
        <translation>Who does it</translation>
    </message>
    <message>
        <source>哪天前办好</source>
        <translation>To be done by</translation>
    </message>
    <message>
        <source>办得怎样</source>
        <translation>What came of it</translation>
    </message>
    <message>
        <source>怎么知道的</source>
        <translation>How it was heard of</translation>
    </message>
    <message>
        <source>需求种类</source>
        <translation>Kind of need</translation>
    </message>
    <message>
        <source>需要什么</source>
        <translation>What is needed</translation>
    </message>
    <message>
        <source>具体要求</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>哪天前要</source>
        <translation>Needed by</translation>
    </message>
    <message>
        <source>办理人</source>
        <translation>In the hands of</translation>
    </message>
    <message>
        <source>办理结果</source>
        <translation>What came of it</translation>
    </message>
    <message>
        <source>单位名称</source>
        <translation>Name of the enterprise</translation>
    </message>
    <message>
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>给了什么</source>
        <translation>What was given</translation>
    </message>
    <message>
        <source>单位（袋、小时、个……）</source>
        <translation>Unit (bags, hours, pieces…)</translation>
    </message>
    <message>
        <source>受益对象或项目</source>
        <translation>Who or what it is for</translation>
    </message>
    <message>
        <source>收据号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>接收人</source>
        <translation>Taken by</translation>
    </message>
    <message>
        <source>更正的那一行</source>
        <translation>Line that it corrects</translation>
    </message>
    <message>
        <source>自助机求助</source>
        <translation>Kiosk calls</translation>
    </message>
    <message>
        <source>叫工作人员</source>
        <translation>Call staff</translation>
    </message>
    <message>
        <source>留了电话，等回电</source>
        <translation>Left a number to be called back</translation>
    </message>
    <message>
        <source>先生</source>
        <translation>Sir</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Madam</translation>
    </message>
    <message>
        <source>还没人应</source>
        <translation>Unanswered</translation>
    </message>
    <message>
        <source>有人应了</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>不用了</source>
        <translation>Not needed any more</translation>
    </message>
    <message>
        <source>办好了，删掉号码</source>
        <translation>Done, delete the number</translation>
    </message>
    <message>
        <source>要什么</source>
        <translation>What for</translation>
    </message>
    <message>
        <source>称呼</source>
        <translation>Form of address</translation>
    </message>
    <message>
        <source>谁应的</source>
        <translation>Answered by</translation>
    </message>
    <message>
        <source>委托证明</source>
        <translation>Mandate</translation>
    </message>
    <message>
        <source>投诉次数（旧）</source>
        <translation>Complaint marks (old)</translation>
    </message>
    <message>
        <source>拖欠工钱</source>
        <translation>Wages not paid</translation>
    </message>
    <message>
        <source>信息不实</source>
        <translation>Posting not true</translation>
    </message>
    <message>
        <source>收押金或收费</source>
        <translation>Deposit or fee</translation>
    </message>
    <message>
        <source>不安全</source>
        <translation>Not safe</translation>
    </message>
    <message>
        <source>打骂、歧视</source>
        <translation>Abuse or discrimination</translation>
    </message>
    <message>
        <source>用童工</source>
        <translation>Child labour</translation>
    </message>
    <message>
        <source>其他投诉</source>
        <translation>Other complaint</translation>
    </message>
    <message>
        <source>到站里说</source>
        <translation>At the station</translation>
    </message>
    <message>
        <source>打电话</source>
        <translation>By phone</translation>
    </message>
    <message>
        <source>写信或网上</source>
        <translation>By letter or online</translation>
    </message>
    <message>
        <source>工资争议</source>
        <translation>Wage dispute</translation>
    </message>
    <message>
        <source>属实</source>
        <translation>True</translation>
    </message>
    <message>
        <source>部分属实</source>
        <translation>True in part</translation>
    </message>
    <message>
        <source>已转调解</source>
        <translation>Gone to mediation</translation>
    </message>
    <message>
        <source>已移送劳动监察</source>
        <translation>Handed to labour inspection</translation>
    </message>
    <message>
        <source>维持原处理</source>
        <translation>Sanction upheld</translation>
    </message>
    <message>
        <source>减轻为暂停</source>
        <translation>Eased to a suspension</translation>
    </message>
    <message>
        <source>撤销处理</source>
        <translation>Sanction revoked</translation>
    </message>
    <message>
        <source>待处理</source>
        <translation>To handle</translation>
    </message>
    <message>
        <source>不同意这个处理</source>
        <translation>Decline this sanction</translation>
    </message>
    <message>
        <source>登记投诉</source>
        <translation>Record complaint</translation>
    </message>
    <message>
        <source>登记申诉</source>
        <translation>Record appeal</translation>
    </message>
    <message>
        <source>决定申诉</source>
        <translation>Decide appeal</translation>
    </message>
    <message>
        <source>撤回申诉</source>
        <translation>Withdraw appeal</translation>
    </message>
    <message>
        <source>办结投诉</source>
        <translation>Handle complaint</translation>
    </message>
    <message>
        <source>投诉什么</source>
        <translation>About what</translation>
    </message>
    <message>
        <source>怎么来的</source>
        <translation>How it came</translation>
    </message>
    <message>
        <source>投诉人</source>
        <translation>Who complained</translation>
    </message>
    <message>
        <source>投诉人电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>投诉内容</source>
        <translation>What was said</translation>
    </message>
    <message>
        <source>收到日期</source>
        <translation>Received on</translation>
    </message>
    <message>
        <source>查到的情况</source>
        <translation>What was found</translation>
    </message>
    <message>
        <source>办结人</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>办结时间</source>
        <translation>Handled at</translation>
    </message>
    <message>
        <source>申诉的处理</source>
        <translation>Sanction appealed</translation>
    </message>
    <message>
        <source>来申诉的人</source>
        <translation>Who came</translation>
    </message>
    <message>
        <source>申诉理由</source>
        <translation>Grounds</translation>
    </message>
    <message>
        <source>申诉日期</source>
        <translation>Filed on</translation>
    </message>
    <message>
        <source>申诉结果</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>决定理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>决定人</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>决定时间</source>
        <translation>Decided at</translation>
    </message>
    <message>
        <source>零工月结</source>
        <translation>Closed month of odd jobs</translation>
    </message>
    <message>
        <source>按发生月份</source>
        <translation>By the month in which it happened</translation>
    </message>
    <message>
        <source>提出的理由</source>
        <translation>Proposed reason</translation>
    </message>
    <message>
        <source>提出的期限</source>
        <translation>Proposed until</translation>
    </message>
    <message>
        <source>提出这个处理的人</source>
        <translation>Sanction proposed by</translation>
    </message>
    <message>
        <source>哪一次处理</source>
        <translation>Which sanction</translation>
    </message>
    <message>
        <source>处理已变，不再决定</source>
        <translation>Sanction changed, not decided</translation>
    </message>
    <message>
        <source>结束申诉</source>
        <translation>Close the appeal</translation>
    </message>
    <message>
        <source>同意录音的人</source>
        <translation>Who agreed to recording</translation>
    </message>
    <message>
        <source>过期，已删号码</source>
        <translation>Expired, number deleted</translation>
    </message>
    <message>
        <source>过期，删掉号码</source>
        <translation>Expired: delete the number</translation>
    </message>
    <message>
        <source>所签时间地点的校验值</source>
        <translation>Checksums of time and place as signed</translation>
    </message>
</context>
<context>
    <name>due</name>
    <message>
        <source>已超 {days} 天</source>
        <translation>{days} days over</translation>
    </message>
    <message>
        <source>剩 {days} 天</source>
        <translation>{days} days left</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message>
        <source>还没有接入中心。所有内容都保存在本机，接入后会自动送达。</source>
        <translation>Not joined to a centre yet. Everything is saved on this desk and goes out once it has joined.</translation>
    </message>
    <message>
        <source>正在和中心交换……可以继续工作。</source>
        <translation>Exchanging with the centre… you can go on working.</translation>
    </message>
    <message>
        <source>上次同步 {when}。</source>
        <translation>Last sync: {when}.</translation>
    </message>
    <message>
        <source>还没有同步过。</source>
        <translation>Never synced.</translation>
    </message>
    <message>
        <source>{when} 起没有任何进展；内容都在本机。</source>
        <translation>No progress since {when}; everything is saved here.</translation>
    </message>
</context>
<context>
    <name>map</name>
    <message>
        <source>{n} 公里</source>
        <translation>{n} km</translation>
    </message>
    <message>
        <source>{n} 米</source>
        <translation>{n} m</translation>
    </message>
    <message>
        <source>待核实派遣</source>
        <translation>To verify or dispatch</translation>
    </message>
    <message>
        <source>处置中</source>
        <translation>In hand</translation>
    </message>
    <message>
        <source>待反馈评价</source>
        <translation>To report back or rate</translation>
    </message>
    <message>
        <source>已挂起</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>3 天以内</source>
        <translation>Up to 3 days</translation>
    </message>
    <message>
        <source>3 到 14 天</source>
        <translation>3 to 14 days</translation>
    </message>
    <message>
        <source>14 天以上</source>
        <translation>Over 14 days</translation>
    </message>
</context>
<context>
    <name>password</name>
    <message>
        <source>两次输入的密码不一样</source>
        <translation>The two passwords differ</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>至少 12 位，或 8 位以上且含三类字符</source>
        <translation>12 characters, or 8 with three kinds of characters</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
</context>
<context>
    <name>roles</name>
    <message>
        <source>窗口工作人员</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <source>自助机</source>
        <translation>Kiosk</translation>
    </message>
    <message>
        <source>自助机管理员</source>
        <translation>Kiosk operator</translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>调委会主任</source>
        <translation>Committee head</translation>
    </message>
    <message>
        <source>记录员</source>
        <translation>Recorder</translation>
    </message>
    <message>
        <source>网格员</source>
        <translation>Grid worker</translation>
    </message>
    <message>
        <source>派遣员</source>
        <translation>Dispatcher</translation>
    </message>
    <message>
        <source>处置人员</source>
        <translation>Handler</translation>
    </message>
    <message>
        <source>民警联络员</source>
        <translation>Police liaison</translation>
    </message>
    <message>
        <source>司法所</source>
        <translation>Judicial office</translation>
    </message>
    <message>
        <source>法律顾问</source>
        <translation>Adviser</translation>
    </message>
    <message>
        <source>站长</source>
        <translation>Head of station</translation>
    </message>
    <message>
        <source>系统管理员</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>审计员</source>
        <translation>Auditor</translation>
    </message>
</context>
<context>
    <name>values</name>
    <message>
        <source>{hours} 小时 {minutes} 分</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{amount} 元</source>
        <translation>¥{amount}</translation>
    </message>
</context>
</TS>

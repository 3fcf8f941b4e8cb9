<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head id="Head1"><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>
	滨望区人民政府关于2023年法治政府建设情况的报告-法治政府建设-滨望区人民政府
</title><meta name="Keywords" content="滨望,政府网站" /><meta name="Description" content="" />
<style type="text/css">.bwqmain25 a:hover{display:block;width:100%;width:1200px;float:left;text-decoration:none;font-size:16px}
.bwqhot9 em{font-size:16px;font-weight:bold;border-bottom:1px solid #ddd;font-family:"Microsoft YaHei",宋体,sans-serif;display:block}.bwqsub15 ul{overflow:hidden;border-bottom:1px solid #ddd}.bwqtop25 ul{float:right;background:#f5f5f5}
.bwqnav4 ul li{padding:0 12px;list-style:none}.bwqbox16 ul li{position:relative;width:1200px;padding:0 12px}.bwqmenu27 .hd{background:url(/images/bg_line.png) repeat-x;display:block;font-family:"Microsoft YaHei",宋体,sans-serif}
.bwqtop2:after{background:url(/images/bg_line.png) repeat-x;text-align:center;padding:0 12px;background:#f5f5f5}.bwqpos29 .hd{float:right;text-align:center;color:#c00;width:100%;padding:0 12px}.bwqside8:after{font-weight:bold;font-family:"Microsoft YaHei",宋体,sans-serif;font-size:14px}
.bwqbox4 span{display:block;padding:0 12px;font-family:"Microsoft YaHei",宋体,sans-serif;border-bottom:1px solid #ddd;list-style:none}.bwqpos14 .on{font-size:16px;font-weight:bold;border-bottom:1px solid #ddd;position:relative;height:auto}.bwqmain14 ul li{font-weight:bold;float:right;padding:0 12px;width:1200px}
.bwqhot23 ul li{line-height:36px;text-decoration:none;position:relative}.bwqbox12 .on{float:right;height:auto;line-height:36px;overflow:hidden;font-size:16px}.bwqmenu4 h3{font-weight:bold;font-size:14px;text-decoration:none}
.bwqtab5 span{font-family:"Microsoft YaHei",宋体,sans-serif;line-height:36px;transition:all .3s;padding:0 12px;background:#f5f5f5;float:left}.bwqbar19 .on{height:auto;font-size:14px;border-bottom:1px solid #ddd;overflow:hidden}.bwqwrap28 ul li{float:right;color:#c00;margin:0 auto}
.bwqlink24 em{float:left;color:#333}.bwqtab18{position:relative;width:100%;font-size:14px;border-bottom:1px solid #ddd;border-radius:4px;font-weight:bold}.bwqbox22 ul li{font-family:"Microsoft YaHei",宋体,sans-serif;text-decoration:none;list-style:none;overflow:hidden;background:url(/images/bg_line.png) repeat-x}
.bwqmenu22 h3{overflow:hidden;display:block;float:left;border-bottom:1px solid #ddd;width:1200px}.bwqtop18 .on{line-height:36px;list-style:none;float:right;border-radius:4px;text-align:center;width:1200px}.bwqwrap19{height:auto;width:1200px;color:#c00;font-weight:bold}
.bwqwrap30 a:hover{transition:all .3s;font-size:16px;position:relative;background:url(/images/bg_line.png) repeat-x}.bwqbox4:after{border-radius:4px;list-style:none;position:relative;transition:all .3s}.bwqbar4{border-radius:4px;text-decoration:none;display:block;text-align:center}
.bwqlist10 .on{overflow:hidden;transition:all .3s;background:url(/images/bg_line.png) repeat-x;border-radius:4px}.bwqlink18 img{line-height:36px;border-radius:4px;float:left}.bwqbox25:after{overflow:hidden;float:left;color:#c00;list-style:none}
.bwqwrap25 .bd{width:1200px;background:url(/images/bg_line.png) repeat-x;overflow:hidden;text-decoration:none;width:100%}.bwqmenu8 .bd{width:1200px;background:url(/images/bg_line.png) repeat-x;float:right;background:#f5f5f5}.bwqbar4 li a{font-weight:bold;background:url(/images/bg_line.png) repeat-x;width:1200px}
.bwqtab20 h3{float:right;font-family:"Microsoft YaHei",宋体,sans-serif;line-height:36px;border-radius:4px;float:left;background:#f5f5f5}.bwqbox6 .on{border-bottom:1px solid #ddd;float:right;line-height:36px;overflow:hidden;background:url(/images/bg_line.png) repeat-x}.bwqtop9 ul{font-size:16px;font-size:14px;position:relative;height:auto;font-family:"Microsoft YaHei",宋体,sans-serif;margin:0 auto}
.bwqside5 h3{padding:0 12px;background:#f5f5f5;font-family:"Microsoft YaHei",宋体,sans-serif;float:right;overflow:hidden;font-size:16px}.bwqnav8 ul{width:100%;float:left;color:#c00}.bwqtop8 .bd{margin:0 auto;transition:all .3s;color:#c00;border-radius:4px}
.bwqbox6 ul li{font-weight:bold;background:url(/images/bg_line.png) repeat-x;float:left;font-size:16px;font-family:"Microsoft YaHei",宋体,sans-serif}.bwqlist25 .hd{color:#333;font-size:14px}.bwqlink12 a:hover{font-size:16px;font-weight:bold;padding:0 12px}
.bwqtab28 ul{font-size:14px;width:1200px;background:url(/images/bg_line.png) repeat-x;margin:0 auto;background:#f5f5f5;transition:all .3s}.bwqmenu29:after{font-size:14px;background:url(/images/bg_line.png) repeat-x;background:#f5f5f5;position:relative}.bwqtop5 h3{position:relative;background:url(/images/bg_line.png) repeat-x;font-size:14px;font-weight:bold}
.bwqnav30 img{font-family:"Microsoft YaHei",宋体,sans-serif;text-align:center}.bwqtab10:after{transition:all .3s;width:1200px;float:right;background:url(/images/bg_line.png) repeat-x;position:relative;border-radius:4px}.bwqsub3:after{height:auto;text-align:center;position:relative;font-size:14px}
.bwqlist15{overflow:hidden;width:1200px;background:#f5f5f5;color:#333}.bwqmain27 span{text-decoration:none;float:right;transition:all .3s;float:left;border-bottom:1px solid #ddd}.bwqbox2 a:hover{border-radius:4px;text-align:center;font-size:14px;float:left;transition:all .3s}
.bwqwrap19 em{font-weight:bold;text-decoration:none;width:1200px;margin:0 auto;line-height:36px}.bwqside27 li a{width:100%;background:url(/images/bg_line.png) repeat-x;border-bottom:1px solid #ddd;font-family:"Microsoft YaHei",宋体,sans-serif;float:left}.bwqside25 .hd{font-size:16px;background:#f5f5f5;text-decoration:none}
.bwqtop20 .bd{float:right;font-weight:bold;text-align:center}.bwqmenu6 span{width:1200px;display:block;color:#333;text-align:center;padding:0 12px}.bwqlist5 .bd{float:left;position:relative}
.bwqfoot1 span{color:#333;font-size:16px;border-radius:4px;margin:0 auto}.bwqtop26 em{text-align:center;position:relative;font-size:16px;overflow:hidden;list-style:none;font-family:"Microsoft YaHei",宋体,sans-serif}</style>
<script type="text/javascript" src="/Inc/jquery.js"></script></head>
<body>
<form name="aspnetForm" method="post" action="Item.aspx?id=48812" id="aspnetForm">
<div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKf0bad9213406d18a80a1977735472014642d66eefbf4712678c9e165d4696f60e7d18021550b301189157f48e3fdbc5f56aded7a5213e59cc931df8d768f836dcc94217626566db10838d6ea1bca78c14d515b9f3f4bc56146179942f16615748235ec5ff261c1c1aa953fd35f157df54298509f3a429dd1fa90093f1d88a030e5f1873b6e443a5b04488d2a9dfa58bb1c93c9e2bcd34e9bab540717f689c9efe35396d63c94a8be7298eb64615331cbf101b18224cf49a4580d65ec3875496bef1a91588837b6c43605832bbf70789927ed91e446286d7dbd25093e4cb1d4385e32d3244606125936527d3644c5776c01e8d2170a3637ab4e89a5972cfbb176160d34924e147578f7816a7eff668a265281f3cc0d73288c26414e7954a351f8c85ad123742b47a902ccc8a06f1afcd43027a9c80d1aaaa272fc1083b7986b969b1cbe61466a92685e70442a7713dfa2f62f9f4b628eda7e670e410ad29582dc9fafb4099c53f671468e7497c2db73c66e8c24dd93bd421eee9108cdef5cf05222ac97df04b757f4f7d1d3095096e2324c6f41c6ccbf764df59e8f124833b4bb6bf88c01659c19b4ee201edfc2cc6b82d2d3dd642425d499ffa0cf0be2f00f769db950fe9587d50a1fc7bd3c96ace88652ea8de58a3c91024b238f2e300e327072e440d2b6d0e4abc00a2293e8086aed56bd9a7706fc4ae2980e2b1631aa6e6e8679bc8b76f6b547084e2f9fe2679d9a15b442db7cf649b1ec9411f391bc7039cf19bfc683d8249350ad2815d434431a12a9b8b13f92a6ff2d365700110789cab7c5dbc47e8799ab5f429a48c85f104628de9b18f49f0edea0e71e75ab7d3e42dd2fff7b1b5e9e61fd51eaa564bb5c519c27d0ac8d9c01e3a7ab4679d1353f502ea0d802113c58c891065913d37c6f78aa9ff6a1baa7f08623bd5e8ebb1b3108775a1e41ca4d5305b077d8710a5436f4f69190224201c9150015ad7c89728335bf45e5fec15f828ac611267650d6e01cd34b22d23d1127719a1346d8f7779d0836f59f4d2cc093db3c9eb4e81a22cd48f250b56c16666e917fa1c9732965eeec1a4f6d2348a89940f7443e8fc82cd27d40bd516e16af33ac60fd7995c347a877f866be445dc2498362a5e5a72703a66e899e0d770629366f20e1a10b716ec1de46bcb4f3c0a196699477f23c4b377a38e27587e46573fbb560ad98d9b5152611292906cf393ee4e35fcb0ffad09d67cf586e449b7724a1081aed57815ee18a231acc9090d4aa720e2eafc65754babd014fd9807b6fbf4e5d000f98166f33e09d3b9783091fb872e366ad24338f7b230d7b96fe4cca9e9cccd9597f8b24c7f68e993f824f32618fd5c1aa6de676f2e61ef87aedc799045f8d45100ca7c9bf4cb11217aff5448b34a038a6155956987bd5858cecd5f7c7243d7f3a23bb1853702e55f055d8d8cf3d6ed6d313efd92c703f58b8a756ae28bd3c778185a344ffad4d286b62153742c33eb4a37b21ba066221f0056227f2912219d838de2ba7d9f44d083d5489812211cc8e9cc8b795406855d92576bec0e06f56e42edb9584a4c0fcf0fd55da957422e4fd97ba2d99c5e0c8af6835abf375e4a52672cebaf831872d3d9ced22b62c3daf7078e64add73e716c9bd3de150cd73c9f6a2f00f914993bc45306a932a900395cab2b22f7461f01e486b6e9d0e2bbd4cca3e45136430b90f674acf1d3867f957277395ebcb5daf19301939ddbcf7d4b18bfaaa3826bde9a74e1d2bac6e5ce2f5a52227a86e9a377a96eaeb55de5142e03122a658c26fb73e6c9b1fa99cceb86d917f5b5e63cbaa574632eac066f53e66515a2480ec5fcd1907153ee47affe27bca7ac318f7e16662389c4d1907922809467981c2be24be9feceb89692cb2fa7b6b004590ff59f8d51be79d2dd72b3aaf955b1c141c46fd53ed909a2798e0e0035100bf48185dddb5412345317326c026345d95e542e34a072c31edbbdef234ee54fadc807abd8525b5cba6dcd00e97299770cf58d4f12ae311f8fb46f40325ab5226d4f9611478856f73fdd86da88d704898df18689585080e46dd3c46364a6ce771aee245e814fbc9b9d791e5f7e5e64cb6c44d08db77dc8a564cbb973eb8b3c799f5a8b05ee9011980151d835b9ef0bff2837b3854ee9424017f4d4e1b16b7f5c2c2fca9cb801b5a23239fdee5d97fc6fdf593ec911d6ed174baeb61ef02dd813153ae5d4be9e25d0f52317566c1d5ba81232cfb021434==" /></div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['aspnetForm'];
function __doPostBack(t, a) { if (!theForm.onsubmit || (theForm.onsubmit() != false)) { theForm.__EVENTTARGET.value = t; theForm.submit(); } }
//]]>
</script>
<table class="bwq_top" width="1000" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><img src="/Skin/banner.jpg" alt="滨望区人民政府" /></td></tr><tr><td><table width="100%" border="0" cellspacing="0" cellpadding="0" >
<tr><td align="center" height="24"><a href="/list.asp?id=668"><font color="#ffffff">意见征集</font></a></td><td align="center" height="24"><a href="/list.asp?id=859"><font color="#ffffff">联系方式</font></a></td><td align="center" height="24"><a href="/list.asp?id=135"><font color="#ffffff">人才政策</font></a></td><td align="center" height="24"><a href="/list.asp?id=405"><font color="#ffffff">停水停电</font></a></td><td align="center" height="24"><a href="/list.asp?id=15"><font color="#ffffff">教育领域</font></a></td><td align="center" height="24"><a href="/list.asp?id=135"><font color="#ffffff">个人办事</font></a></td><td align="center" height="24"><a href="/list.asp?id=550"><font color="#ffffff">应急管理</font></a></td><td align="center" height="24"><a href="/list.asp?id=661"><font color="#ffffff">专题专栏</font></a></td><td align="center" height="24"><a href="/list.asp?id=540"><font color="#ffffff">行政处罚</font></a></td><td align="center" height="24"><a href="/list.asp?id=543"><font color="#ffffff">社会救助</font></a></td><td align="center" height="24"><a href="/list.asp?id=909"><font color="#ffffff">驾照换证</font></a></td><td align="center" height="24"><a href="/list.asp?id=555"><font color="#ffffff">政府信息公开指南</font></a></td></tr>
<tr><td align="center" height="24"><a href="/list.asp?id=491"><font color="#ffffff">婚姻登记</font></a></td><td align="center" height="24"><a href="/list.asp?id=382"><font color="#ffffff">人民调解</font></a></td><td align="center" height="24"><a href="/list.asp?id=847"><font color="#ffffff">地震防灾</font></a></td><td align="center" height="24"><a href="/list.asp?id=475"><font color="#ffffff">公积金</font></a></td><td align="center" height="24"><a href="/list.asp?id=467"><font color="#ffffff">通知公告</font></a></td><td align="center" height="24"><a href="/list.asp?id=643"><font color="#ffffff">工会工作</font></a></td><td align="center" height="24"><a href="/list.asp?id=710"><font color="#ffffff">国民经济</font></a></td><td align="center" height="24"><a href="/list.asp?id=70"><font color="#ffffff">政府机构</font></a></td><td align="center" height="24"><a href="/list.asp?id=356"><font color="#ffffff">行政强制</font></a></td><td align="center" height="24"><a href="/list.asp?id=23"><font color="#ffffff">部门动态</font></a></td><td align="center" height="24"><a href="/list.asp?id=268"><font color="#ffffff">中标公示</font></a></td><td align="center" height="24"><a href="/list.asp?id=197"><font color="#ffffff">卫生城市</font></a></td></tr>
<tr><td align="center" height="24"><a href="/list.asp?id=34"><font color="#ffffff">国土空间规划</font></a></td><td align="center" height="24"><a href="/list.asp?id=354"><font color="#ffffff">普法宣传</font></a></td><td align="center" height="24"><a href="/list.asp?id=342"><font color="#ffffff">部门办事</font></a></td><td align="center" height="24"><a href="/list.asp?id=147"><font color="#ffffff">政策文件</font></a></td><td align="center" height="24"><a href="/list.asp?id=573"><font color="#ffffff">无障碍浏览</font></a></td><td align="center" height="24"><a href="/list.asp?id=157"><font color="#ffffff">三公经费</font></a></td><td align="center" height="24"><a href="/list.asp?id=730"><font color="#ffffff">户籍办理</font></a></td><td align="center" height="24"><a href="/list.asp?id=328"><font color="#ffffff">统计公报</font></a></td><td align="center" height="24"><a href="/list.asp?id=679"><font color="#ffffff">新闻发布会</font></a></td><td align="center" height="24"><a href="/list.asp?id=909"><font color="#ffffff">车辆年检</font></a></td><td align="center" height="24"><a href="/list.asp?id=738"><font color="#ffffff">招考录用</font></a></td><td align="center" height="24"><a href="/list.asp?id=653"><font color="#ffffff">中介超市</font></a></td></tr>
<tr><td align="center" height="24"><a href="/list.asp?id=130"><font color="#ffffff">环境保护</font></a></td><td align="center" height="24"><a href="/list.asp?id=779"><font color="#ffffff">乡镇动态</font></a></td><td align="center" height="24"><a href="/list.asp?id=148"><font color="#ffffff">首页</font></a></td><td align="center" height="24"><a href="/list.asp?id=195"><font color="#ffffff">招商引资</font></a></td><td align="center" height="24"><a href="/list.asp?id=518"><font color="#ffffff">食品药品监管</font></a></td><td align="center" height="24"><a href="/list.asp?id=332"><font color="#ffffff">电价水价</font></a></td><td align="center" height="24"><a href="/list.asp?id=190"><font color="#ffffff">我要写信</font></a></td><td align="center" height="24"><a href="/list.asp?id=649"><font color="#ffffff">跨省通办</font></a></td><td align="center" height="24"><a href="/list.asp?id=288"><font color="#ffffff">民族宗教</font></a></td><td align="center" height="24"><a href="/list.asp?id=620"><font color="#ffffff">乡村振兴</font></a></td><td align="center" height="24"><a href="/list.asp?id=242"><font color="#ffffff">法律援助</font></a></td><td align="center" height="24"><a href="/list.asp?id=665"><font color="#ffffff">文化馆</font></a></td></tr>
<tr><td align="center" height="24"><a href="/list.asp?id=727"><font color="#ffffff">行政许可</font></a></td><td align="center" height="24"><a href="/list.asp?id=245"><font color="#ffffff">学前教育</font></a></td><td align="center" height="24"><a href="/list.asp?id=956"><font color="#ffffff">建议提案办理</font></a></td><td align="center" height="24"><a href="/list.asp?id=135"><font color="#ffffff">长者模式</font></a></td><td align="center" height="24"><a href="/list.asp?id=518"><font color="#ffffff">办件查询</font></a></td><td align="center" height="24"><a href="/list.asp?id=551"><font color="#ffffff">交通出行</font></a></td><td align="center" height="24"><a href="/list.asp?id=928"><font color="#ffffff">政务公开标准化</font></a></td><td align="center" height="24"><a href="/list.asp?id=364"><font color="#ffffff">依申请公开</font></a></td><td align="center" height="24"><a href="/list.asp?id=876"><font color="#ffffff">生育登记</font></a></td><td align="center" height="24"><a href="/list.asp?id=793"><font color="#ffffff">市民热线</font></a></td><td align="center" height="24"><a href="/list.asp?id=646"><font color="#ffffff">走进滨望</font></a></td><td align="center" height="24"><a href="/list.asp?id=913"><font color="#ffffff">依法行政</font></a></td></tr>
<tr><td align="center" height="24"><a href="/list.asp?id=94"><font color="#ffffff">隐私保护</font></a></td><td align="center" height="24"><a href="/list.asp?id=625"><font color="#ffffff">志愿服务</font></a></td><td align="center" height="24"><a href="/list.asp?id=47"><font color="#ffffff">投资项目审批</font></a></td><td align="center" height="24"><a href="/list.asp?id=658"><font color="#ffffff">司法鉴定</font></a></td><td align="center" height="24"><a href="/list.asp?id=145"><font color="#ffffff">重大项目</font></a></td><td align="center" height="24"><a href="/list.asp?id=273"><font color="#ffffff">法定主动公开内容</font></a></td><td align="center" height="24"><a href="/list.asp?id=900"><font color="#ffffff">名优特产</font></a></td><td align="center" height="24"><a href="/list.asp?id=282"><font color="#ffffff">站群导航</font></a></td><td align="center" height="24"><a href="/list.asp?id=989"><font color="#ffffff">移动端</font></a></td><td align="center" height="24"><a href="/list.asp?id=84"><font color="#ffffff">好差评</font></a></td><td align="center" height="24"><a href="/list.asp?id=478"><font color="#ffffff">政府领导</font></a></td><td align="center" height="24"><a href="/list.asp?id=528"><font color="#ffffff">财政预决算</font></a></td></tr></table>
</td></tr></table>
<table width="1000" align="center" cellpadding="0" cellspacing="0" border="0"><tr>
<td width="220" valign="top"><div class="bwq_box"><h4>信息公开目录</h4><ul class="tree">
<li class="n0"><a href="/zwgk/c7823/" target="_blank" title="医保参保">医保参保</a></li>
<li class="n1"><a href="/zwgk/c4730/" target="_blank" title="常见问题">常见问题</a></li>
<li class="n2"><a href="/zwgk/c2035/" target="_blank" title="养老服务">养老服务</a></li>
<li class="n3"><a href="/zwgk/c4995/" target="_blank" title="法人办事">法人办事</a></li>
<li class="n4"><a href="/zwgk/c2738/" target="_blank" title="投资项目审批">投资项目审批</a></li>
<li class="n5"><a href="/zwgk/c461/" target="_blank" title="规范性文件">规范性文件</a></li>
<li class="n6"><a href="/zwgk/c9182/" target="_blank" title="扫黑除恶">扫黑除恶</a></li>
<li class="n7"><a href="/zwgk/c184/" target="_blank" title="招标公告">招标公告</a></li>
<li class="n8"><a href="/zwgk/c1974/" target="_blank" title="市民热线">市民热线</a></li>
<li class="n9"><a href="/zwgk/c3822/" target="_blank" title="图片新闻">图片新闻</a></li>
<li class="n10"><a href="/zwgk/c1029/" target="_blank" title="人事任免">人事任免</a></li>
<li class="n11"><a href="/zwgk/c7533/" target="_blank" title="文明创建">文明创建</a></li>
<li class="n12"><a href="/zwgk/c6324/" target="_blank" title="国家安全教育">国家安全教育</a></li>
<li class="n13"><a href="/zwgk/c2561/" target="_blank" title="图书馆">图书馆</a></li>
<li class="n14"><a href="/zwgk/c4685/" target="_blank" title="妇女儿童">妇女儿童</a></li>
<li class="n15"><a href="/zwgk/c8393/" target="_blank" title="安全生产">安全生产</a></li>
<li class="n16"><a href="/zwgk/c2348/" target="_blank" title="服务地图">服务地图</a></li>
<li class="n17"><a href="/zwgk/c5822/" target="_blank" title="招商引资">招商引资</a></li>
<li class="n18"><a href="/zwgk/c4748/" target="_blank" title="社会救助">社会救助</a></li>
<li class="n19"><a href="/zwgk/c780/" target="_blank" title="随机抽查">随机抽查</a></li>
<li class="n20"><a href="/zwgk/c7093/" target="_blank" title="旅游风光">旅游风光</a></li>
<li class="n21"><a href="/zwgk/c5739/" target="_blank" title="学前教育">学前教育</a></li>
<li class="n22"><a href="/zwgk/c6349/" target="_blank" title="残疾人服务">残疾人服务</a></li>
<li class="n23"><a href="/zwgk/c5510/" target="_blank" title="气象服务">气象服务</a></li>
<li class="n24"><a href="/zwgk/c2190/" target="_blank" title="国民经济">国民经济</a></li>
<li class="n25"><a href="/zwgk/c3672/" target="_blank" title="党建工作">党建工作</a></li>
<li class="n26"><a href="/zwgk/c8257/" target="_blank" title="车辆年检">车辆年检</a></li>
<li class="n27"><a href="/zwgk/c583/" target="_blank" title="信件公开">信件公开</a></li>
<li class="n28"><a href="/zwgk/c4126/" target="_blank" title="体育场馆">体育场馆</a></li>
<li class="n29"><a href="/zwgk/c5222/" target="_blank" title="公积金">公积金</a></li>
<li class="n30"><a href="/zwgk/c9575/" target="_blank" title="医疗卫生">医疗卫生</a></li>
<li class="n31"><a href="/zwgk/c7089/" target="_blank" title="联系方式">联系方式</a></li>
<li class="n32"><a href="/zwgk/c1050/" target="_blank" title="政府信息公开制度">政府信息公开制度</a></li>
<li class="n33"><a href="/zwgk/c5298/" target="_blank" title="网站地图">网站地图</a></li>
<li class="n34"><a href="/zwgk/c4127/" target="_blank" title="普法宣传">普法宣传</a></li>
<li class="n35"><a href="/zwgk/c4227/" target="_blank" title="户籍办理">户籍办理</a></li>
<li class="n36"><a href="/zwgk/c3229/" target="_blank" title="行政处罚">行政处罚</a></li>
<li class="n37"><a href="/zwgk/c7739/" target="_blank" title="视频新闻">视频新闻</a></li>
</ul>
</div><div class="bwq_box"><h4>便民查询</h4><p>火车时刻 天气预报 快递查询 违章查询 空气质量 邮政编码</p></div></td>
<td valign="top">
<div class="bwq_pos">您现在的位置： <a href="/">滨望区人民政府</a> &gt;&gt; <a href="/Category_301/Index.aspx">法治政府建设</a> &gt;&gt; 年度报告 &gt;&gt; 正文</div>
<div class="bwq_title">滨望区人民政府关于2023年法治政府建设情况的报告</div>
<div class="bwq_info">作者：区司法局　文章来源：滨望区人民政府　点击数：<script src="/Common/GetHits.aspx?id=48812"></script>　更新时间：2024/3/15 10:05:49</div>
<div id="fontzoom">
<table border="0" cellpadding="0" cellspacing="0" width="98%"><tbody><tr><td width="3%">&nbsp;</td><td width="94%" valign="top">
<table border="0" width="100%"><tbody><tr><td>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">市人民政府：</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">2023</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">年，滨望区以创建省级法治政府建设示范区为抓手，持续提升依法行政能力和水平。现将有关情况报告如下：</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">一、工作成效</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（一）统筹谋划更加有力。区政府常务会议研究法治议题</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">10</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">次，组织旁听庭审</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">3</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">场，参加领导干部</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">186</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">人次。对</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">15</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">个街道和部门开展实地督察，反馈问题</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">64</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">个，已整改</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">63</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">个。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（二）服务效能更加优良。区级事项“最多跑一次”占比达到</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">99.6%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">，“零跑动”事项占比达到</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">91%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">；政务大厅延时服务办件</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">4127</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">件。惠企政策兑现资金</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">2.3</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">亿元，惠及企业</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">860</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">家。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（三）执法行为更加规范。整合执法队伍</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">5</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">支，编制下沉率达到</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">78%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">。发放提示告知书</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">2450</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">份，轻微违法免罚案件</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">526</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">件，免罚金额</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">210</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">余万元。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（四）纠纷化解更加有效。区行政争议化解中心化解案件</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">71</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">件，化解率</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">52.6%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">；各调解组织受理纠纷</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">3802</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">件，调解成功</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">3771</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">件。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">主要指标完成情况见下表：</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border:none">
 <thead>
  <tr style="height:22.0pt">
   <th style="border:solid windowtext 1.0pt">
    <p class="MsoNormal" align="center">指标</p>
   </th>
   <th style="border:solid windowtext 1.0pt">
    <p class="MsoNormal" align="center">单位</p>
   </th>
   <th style="border:solid windowtext 1.0pt">
    <p class="MsoNormal" align="center">2022年</p>
   </th>
   <th style="border:solid windowtext 1.0pt">
    <p class="MsoNormal" align="center">2023年</p>
   </th>
  </tr>
 </thead>
 <tbody>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     行政规范性文件合法性审核率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     100
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     100
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     规范性文件报备数
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     件
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     14
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     11
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     行政复议申请受理数
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     件
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     66
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     103
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     行政复议直接纠错率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     12.1
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     8.7
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     一审行政诉讼败诉率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     11.4
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     7.9
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     行政机关负责人出庭应诉率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     96.5
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     100
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     执法案卷优秀率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     —
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     88.3
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     执法人员人均培训学时
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     学时
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     48
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     61
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     政府信息公开申请按期答复率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     100
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     100
    </span></p>
   </td>
  </tr>
  <tr>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="left"><span lang="EN-US">
     人民调解成功率
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     %
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     98.9
    </span></p>
   </td>
   <td style="border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt">
    <p class="MsoNormal" align="center"><span lang="EN-US">
     99.2
    </span></p>
   </td>
  </tr>
 </tbody>
</table>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">二、存在的问题</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">街道执法力量与任务不相适应，有</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">4</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">个街道持证人员不足</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">10</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">人；执法数据标准不统一，跨部门共享率仅为</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">61%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">三、下一步工作</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（一）加强街道执法规范化建设，</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">2024</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">年</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">9</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">月底前实现每个街道持证人员不少于</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">12</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">人。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（二）推进执法数据共享，</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">2024</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">年底前跨部门共享率提高到</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">85%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">以上。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">（三）开展行政争议源头预防，力争一审行政案件数量下降</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">10%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">，败诉率不高于</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">7%</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">。</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-align:right;line-height:28.0pt"><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">滨望区人民政府</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>
<p class="MsoNormal" style="text-align:right;line-height:28.0pt"><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">2024</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">年</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">3</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">月</SPAN><SPAN lang=EN-US style="FONT-FAMILY: 仿宋_GB2312">6</SPAN><SPAN style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">日</SPAN><SPAN lang=EN-US><o:p></o:p></SPAN></p>

</td></tr></tbody></table>
</td><td width="3%">&nbsp;</td></tr></tbody></table>
</div>
<div class="bwq_fn"><a href="#">发表评论</a> <a href="#">告诉好友</a> <a href="#">打印此文</a> <a href="#">收藏此页</a></div>
<ul class="bwq_pn"><li>上一篇文章： <a href="/Item/48809.aspx">滨望区调研医保征缴工作</a></li><li>下一篇文章： 没有了</li></ul>
</td></tr></table>
<div class="bwq_foot">地址：滨望区望海路18号　邮编：266999　技术支持：滨望区电子政务中心<br />某ICP备05001234号　网站标识码：3799990004 <select onchange="if(this.value)window.open(this.value)"><option value="">---友情链接---</option><option value="http://2bc2c.yunlan.test/">滨望区公安局</option><option value="http://9b513.yunlan.test/">滨望区医疗保障局</option><option value="http://b430a.yunlan.test/">滨望区退役军人局</option><option value="http://cf4af.yunlan.test/">滨望区税务局</option><option value="http://e3bf1.yunlan.test/">滨望区财政局</option><option value="http://fea84.yunlan.test/">滨望区信访局</option><option value="http://7ffe0.yunlan.test/">滨望区科技局</option><option value="http://2f862.yunlan.test/">滨望区文化旅游局</option><option value="http://8d5c9.yunlan.test/">滨望区住房城乡建设局</option><option value="http://bd926.yunlan.test/">滨望区林业局</option><option value="http://f066a.yunlan.test/">滨望区统计局</option><option value="http://278b7.yunlan.test/">滨望区交通运输局</option><option value="http://bd976.yunlan.test/">滨望区气象局</option><option value="http://1fccf.yunlan.test/">滨望区行政审批服务局</option><option value="http://fd61b.yunlan.test/">滨望区市场监管局</option><option value="http://9e9fa.yunlan.test/">滨望区人力资源社会保障局</option><option value="http://09b57.yunlan.test/">滨望区应急管理局</option><option value="http://63cae.yunlan.test/">滨望区自然资源局</option><option value="http://b0d9e.yunlan.test/">滨望区民政局</option><option value="http://7e308.yunlan.test/">滨望区商务局</option><option value="http://c5df6.yunlan.test/">滨望区农业农村局</option><option value="http://ffa3d.yunlan.test/">滨望区城市管理局</option><option value="http://99014.yunlan.test/">滨望区生态环境局</option><option value="http://41d8f.yunlan.test/">滨望区发展改革局</option><option value="http://42a32.yunlan.test/">滨望区卫生健康局</option></select></div>
</form>
<script>$(function(){$('.tabhd li').mouseover(function(){var i=$(this).index();$(this).addClass('on').siblings().removeClass('on');$(this).parent().next().children().eq(i).show().siblings().hide();});});
function checkSearch(){var k=$.trim($('#searchWord').val());if(k==''||k=='请输入关键字'){alert('请输入您要搜索的关键字！');$('#searchWord').focus();return false;}if(k.length>38){alert('关键字过长');return false;}return true;}
function printDoc(){var h=document.body.innerHTML;var s='<!--startprint-->',e='<!--endprint-->';var b=h.substring(h.indexOf(s)+17,h.indexOf(e));var w=window.open('','_blank');w.document.write('<h1>'+document.title+'</h1>'+b);w.document.close();w.print();}
if(/AppleWebKit.*Mobile/i.test(navigator.userAgent)||/Android|iPhone|iPod/.test(navigator.userAgent)){if(window.location.href.indexOf('?mobile')<0){try{document.documentElement.className+=' is-mobile';}catch(e){}}}
var _hmt=_hmt||[];(function(){var hm=document.createElement('script');hm.src='//tongji.example.test/hm.js?a75d5157bd51b357bc525c656dbcf5cd';var s=document.getElementsByTagName('script')[0];s.parentNode.insertBefore(hm,s);})();
function externalLink(a){var h=a.getAttribute('href');if(h&&h.indexOf('gov')<0&&h.indexOf('http')==0){return confirm('您访问的链接即将离开“滨望区人民政府门户网站”，是否继续？');}return true;}
document.onkeydown=function(e){e=e||window.event;if(e.keyCode==13&&document.activeElement.id=='searchWord'){checkSearch();return false;}};
function loadHits(id){$.ajax({url:'/counter/hits.do',data:{docid:id,t:Math.random()},dataType:'jsonp',success:function(d){$('#hits').html('浏览次数：'+d.hits+'次');},error:function(){$('#hits').hide();}});}
var slide={cur:0,len:5,timer:null,run:function(){var me=this;me.timer=setInterval(function(){me.cur=(me.cur+1)%me.len;$('.slide li').eq(me.cur).fadeIn(400).siblings().fadeOut(400);$('.slide p').text($('.slide li').eq(me.cur).attr('title'));},4000);}};
function toTraditional(){var b=document.getElementById('fanti');if(b){b.innerHTML=b.innerHTML=='繁體'?'简体':'繁體';}StranBody();}
function doZoom(size){var o=document.getElementById('zoomcon');if(o){o.style.fontSize=size+'px';var ps=o.getElementsByTagName('p');for(var i=0;i<ps.length;i++){ps[i].style.fontSize=size+'px';}}}
function setHome(obj,url){try{obj.style.behavior='url(#default#homepage)';obj.setHomePage(url);}catch(e){alert('您的浏览器不支持自动设置首页，请手动设置！');}}
function addFav(){var t=document.title,u=location.href;try{window.external.addFavorite(u,t);}catch(e){alert('请使用Ctrl+D进行收藏');}}
var weekDay=['星期日','星期一','星期二','星期三','星期四','星期五','星期六'];function showToday(){var d=new Date();return d.getFullYear()+'年'+(d.getMonth()+1)+'月'+d.getDate()+'日 '+weekDay[d.getDay()];}</script>
</body></html>

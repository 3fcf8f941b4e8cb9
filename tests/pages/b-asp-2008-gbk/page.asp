<HTML>
<HEAD><TITLE>麓原县政府网站-麓原县2008年依法行政工作安排</TITLE>
<META http-equiv=Content-Type content="text/html; charset=gb2312">
<META content="麓原,麓原县,麓原县政府" name=keywords>
<STYLE type=text/css>
.news_info ul li a:hover{width:566px;line-height:48px;text-align:center;color:#ceaab3;cursor:pointer}
#xw ul li a:hover{text-align:center;color:#9c24ba;height:83px;border-bottom:1px dashed #ccc;background-color:#7baf1a;background:url(/images/active.png) no-repeat}
.morenews span{width:1026px;padding:10px 1px;overflow:hidden;line-height:45px;font-size:19px;float:left}
#item ul li a:hover{font-size:18px;text-align:center}
.tit li{border-bottom:1px dashed #ccc;position:relative;background-color:#0e7576;background:url(/images/cur.png) no-repeat;height:359px;color:#8913cb}
.txtfw span{width:468px;border-bottom:1px dashed #ccc}
.info-item_head ul li a:hover{font-size:12px;margin:0 auto;position:relative}
#bd a{line-height:26px;height:324px}
.hd::after{margin:0 auto;text-align:center;width:513px;font-size:23px}
.wrap_main{float:left;border-bottom:1px dashed #ccc;text-align:center;background-color:#63d828;font-size:14px;margin:0 auto}
.clear{border-bottom:1px dashed #ccc;cursor:pointer;position:relative;font-size:16px}
.menu{float:left;background-color:#8580e9;text-align:center;border-bottom:1px dashed #ccc;color:#a1bab3}
.info ul li a:hover{position:relative;font-size:12px}
.item_gk-news::after{text-align:center;height:106px;position:relative}
.top-list_left{margin:0 auto;padding:17px 3px}
.gkpage p{font-size:16px;overflow:hidden;line-height:26px}
.right li{position:relative;font-size:16px;height:66px;line-height:42px}
.right-right{background:url(/images/clear.png) no-repeat;height:281px;margin:0 auto}
.wrap li{overflow:hidden;line-height:24px;height:274px;float:left}
#left_leftxw li{float:left;margin:0 auto;color:#67173e;background-color:#7844b9;line-height:38px}
.bar-page li{padding:1px 16px;color:#a5ce30;margin:0 auto}
#tab_bd-menu a{line-height:20px;font-size:15px;background:url(/images/list.png) no-repeat;float:left}
.infologo-search{overflow:hidden;cursor:pointer;position:relative}
.clearhead ul li a:hover{text-align:center;position:relative;cursor:pointer}
.newslist-news li{text-align:center;border-bottom:1px dashed #ccc;font-size:15px;overflow:hidden}
.tittit ul li a:hover{font-size:19px;border-bottom:1px dashed #ccc;position:relative}
#contxw-box ul li a:hover{position:relative;color:#7ccd10;padding:17px 13px;border-bottom:1px dashed #ccc}
.cont_listlogo::after{font-size:12px;height:163px;text-align:center;background:url(/images/xw.png) no-repeat}
#xw li{position:relative;line-height:36px;overflow:hidden}
.list span{line-height:25px;text-align:center;border-bottom:1px dashed #ccc;color:#bef1b7;width:1157px}
.news_clear_side li{position:relative;float:left;text-align:center;background-color:#b0bc5b;cursor:pointer;width:674px}
#hdbanner p{position:relative;border-bottom:1px dashed #ccc;float:left;margin:0 auto}
#active a{position:relative;background-color:#137703;overflow:hidden;color:#0bc2c7;text-align:center}
#tab-inner ul li a:hover{float:left;width:630px;padding:10px 12px;background:url(/images/box.png) no-repeat}
.side-active a{position:relative;height:387px;text-align:center;color:#9c6403;border-bottom:1px dashed #ccc}
.titzt p{color:#61eb25;position:relative;cursor:pointer;padding:12px 1px;border-bottom:1px dashed #ccc;background-color:#c28a8c}
.list p{color:#7c23f1;margin:0 auto;background-color:#6f6bf4}
#datewrapwrap{margin:0 auto;position:relative}
.mainfw_left a{padding:0px 14px;background-color:#c86b1c;width:524px;border-bottom:1px dashed #ccc}
.inner-bannericon{color:#6bc14b;float:left;background:url(/images/nav.png) no-repeat;text-align:center;cursor:pointer}
#fw_cur{background:url(/images/link.png) no-repeat;padding:5px 7px;background-color:#44920d;color:#833c52;overflow:hidden}
.wrap_clear ul li a:hover{background:url(/images/zt.png) no-repeat;line-height:31px;border-bottom:1px dashed #ccc;width:626px}
#zt_main span{overflow:hidden;cursor:pointer;line-height:47px;text-align:center;background-color:#33bda0;margin:0 auto}
.txticon a{cursor:pointer;margin:0 auto;width:1158px;overflow:hidden}
.news_inner a{margin:0 auto;overflow:hidden;height:126px}
.right p{border-bottom:1px dashed #ccc;line-height:39px;position:relative;overflow:hidden}
#logo ul li a:hover{position:relative;padding:16px 5px;background:url(/images/cont.png) no-repeat;font-size:24px;line-height:48px;color:#b2f81a}
#icon_gk_bar::after{border-bottom:1px dashed #ccc;background:url(/images/side.png) no-repeat;padding:5px 14px}
#headfwinfo li{margin:0 auto;border-bottom:1px dashed #ccc;padding:0px 9px;float:left;font-size:21px;background-color:#f8f3f7}
#right-menu li{width:743px;color:#d675d1;line-height:45px;border-bottom:1px dashed #ccc}
#bd_pic a{float:left;background:url(/images/active.png) no-repeat;line-height:44px}
#active-list li{margin:0 auto;background:url(/images/banner.png) no-repeat;float:left;color:#f4311d;font-size:13px}
.list-clear p{cursor:pointer;margin:0 auto;width:191px;text-align:center;position:relative;overflow:hidden}
#banner_right{width:186px;text-align:center;color:#51fa66;background-color:#3df601;cursor:pointer}
#right p{float:left;margin:0 auto}
#search span{margin:0 auto;background:url(/images/left.png) no-repeat;font-size:20px}
.leftbox_left a{cursor:pointer;background-color:#b68c42;background:url(/images/list.png) no-repeat;font-size:14px;color:#4a2ab0}
#top ul li a:hover{height:197px;cursor:pointer;line-height:42px}
#item_more p{font-size:20px;float:left;margin:0 auto;height:326px}
.list p{line-height:46px;height:228px}
</STYLE>
<SCRIPT language=JavaScript>
<!--
var initMain18=function(e){e=e||window.event;var t=e.target||e.srcElement;if(t.nodeName.toLowerCase()==='a'){t.style.color='#7a45c5';}};
function getTit96(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
function resizeDate47(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
var toggleIcon6=function(e){e=e||window.event;var t=e.target||e.srcElement;if(t.nodeName.toLowerCase()==='a'){t.style.color='#8753af';}};
function initHover86(id,n){var o=document.getElementById(id);if(!o){return false;}for(var i=0;i<n;i++){var t=o.getElementsByTagName('li')[i];if(t){t.className=i==5?'wrap':'';}}return true;}
setTimeout(function(){try{toggleTop37('pic');}catch(ex){}},2692);
function hideFw95(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
function loadZt32(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
function showTit73(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
function showPic85(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
function resizeItem27(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
var initBar72=function(e){e=e||window.event;var t=e.target||e.srcElement;if(t.nodeName.toLowerCase()==='a'){t.style.color='#e1f9fd';}};
var hideWrap34=function(e){e=e||window.event;var t=e.target||e.srcElement;if(t.nodeName.toLowerCase()==='a'){t.style.color='#d77d0f';}};
$(function(){$('.news').hover(function(){$(this).find('.bd').stop(true,true).slideDown(333);},function(){$(this).find('.cur').stop(true,true).slideUp(386);});});
$(function(){$('.inner').hover(function(){$(this).find('.right').stop(true,true).slideDown(212);},function(){$(this).find('.page').stop(true,true).slideUp(220);});});
function toggleLink15(id,n){var o=document.getElementById(id);if(!o){return false;}for(var i=0;i<n;i++){var t=o.getElementsByTagName('li')[i];if(t){t.className=i==5?'box':'';}}return true;}
//-->
</SCRIPT></HEAD>
<BODY bgColor=#ffffff leftMargin=0 topMargin=0 oncontextmenu="return false" onselectstart="return false">
<TABLE cellSpacing=0 cellPadding=0 width=778 align=center border=0><TR><TD><IMG height=120 src="images/top.jpg" width=778></TD></TR>
<TR><TD><TABLE cellSpacing=0 cellPadding=0 width="100%" border=0><TR><TD width=88 align=middle background="images/nav_bg.gif"><A href="side.asp" class=nav>首　页</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="inner.asp" class=nav>麓原概况</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="page.asp" class=nav>政务公开</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="menu.asp" class=nav>新闻中心</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="search.asp" class=nav>办事指南</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="inner.asp" class=nav>招商引资</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="right.asp" class=nav>旅游天地</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="item.asp" class=nav>县长信箱</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="search.asp" class=nav>下载中心</A></TD><TD width=88 align=middle background="images/nav_bg.gif"><A href="link.asp" class=nav>留言板</A></TD></TR></TABLE></TD></TR>
<TR><TD height=24 bgColor=#eeeeee><SCRIPT language=JavaScript>var d=new Date();document.write("今天是："+d.getYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");</SCRIPT>&nbsp;<MARQUEE width=560 scrollamount=3><A href="showarticle.asp?ArticleID=1287"><FONT color=red>麓原县司法局召开专题会议部署近期重点工作</FONT></A>&nbsp;&nbsp;<A href="showarticle.asp?ArticleID=326"><FONT color=red>上湾镇推进高标准农田建设</FONT></A>&nbsp;&nbsp;<A href="showarticle.asp?ArticleID=1211"><FONT color=red>麓原县科学技术局公示第三季度水质监测结果</FONT></A>&nbsp;&nbsp;<A href="showarticle.asp?ArticleID=1306"><FONT color=red>上湾镇开展节前安全生产大检查</FONT></A>&nbsp;&nbsp;<A href="showarticle.asp?ArticleID=328"><FONT color=red>云汀镇公示第三季度水质监测结果</FONT></A>&nbsp;&nbsp;<A href="showarticle.asp?ArticleID=1272"><FONT color=red>麓原县卫生健康局开展消防知识进校园活动</FONT></A></MARQUEE></TD></TR></TABLE>
<TABLE cellSpacing=0 cellPadding=0 width=778 align=center border=0><TR><TD vAlign=top width=185 bgColor=#f4faff>
<TABLE cellSpacing=0 cellPadding=0 width=180 border=0><TR><TD background="images/left_tit.gif" height=30>&nbsp;&nbsp;<B>推荐文章</B></TD></TR><TR><TD><TABLE width="96%" align=center><TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1286" target=_blank title="麓原县商务局调研重点项目建设进展">麓原县商务局调研重点项目建</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=706" target=_blank title="麓原县行政审批局发布高温橙色预警">麓原县行政审批局发布高温橙</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=563" target=_blank title="石桥镇开展节前安全生产大检查">石桥镇开展节前安全生产大检</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1111" target=_blank title="麓原县退役军人事务局举办就业招聘会">麓原县退役军人事务局举办就</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=322" target=_blank title="麓原县行政审批局开展节前安全生产大检查">麓原县行政审批局开展节前安</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=810" target=_blank title="麓原县乡村振兴局通报作风建设情况">麓原县乡村振兴局通报作风建</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=333" target=_blank title="麓原县水利局启动全民阅读活动">麓原县水利局启动全民阅读活</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1544" target=_blank title="麓原县审计局组织党员志愿者清理河道垃圾">麓原县审计局组织党员志愿者</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=372" target=_blank title="麓原县人力资源和社会保障局发布高温橙色预警">麓原县人力资源和社会保障局</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=390" target=_blank title="柳塘乡举办政务服务技能竞赛">柳塘乡举办政务服务技能竞赛</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=959" target=_blank title="麓原县开展消防知识进校园活动">麓原县开展消防知识进校园活</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=895" target=_blank title="麓原县水利局开展消防知识进校园活动">麓原县水利局开展消防知识进</A></TD></TR>
</TABLE></TD></TR></TABLE><TABLE cellSpacing=0 cellPadding=0 width=180 border=0><TR><TD background="images/left_tit.gif" height=30>&nbsp;&nbsp;<B>热门文章</B></TD></TR><TR><TD><TABLE width="96%" align=center><TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=446" target=_blank title="麓原县市场监督管理局举办政务服务技能竞赛">麓原县市场监督管理局举办政</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=350" target=_blank title="新店镇慰问困难群众">新店镇慰问困难群众</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=454" target=_blank title="柳塘乡举办政务服务技能竞赛">柳塘乡举办政务服务技能竞赛</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1491" target=_blank title="马鞍镇公布学区划分方案">马鞍镇公布学区划分方案</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1339" target=_blank title="麓原县交通运输局发布高温橙色预警">麓原县交通运输局发布高温橙</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1359" target=_blank title="麓原县退役军人事务局举办就业招聘会">麓原县退役军人事务局举办就</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1228" target=_blank title="枣林镇举办就业招聘会">枣林镇举办就业招聘会</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=433" target=_blank title="麓原县工业和信息化局启动全民阅读活动">麓原县工业和信息化局启动全</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=829" target=_blank title="竹坝乡开展消防知识进校园活动">竹坝乡开展消防知识进校园活</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=806" target=_blank title="麓原县卫生健康局开展防汛应急演练">麓原县卫生健康局开展防汛应</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=451" target=_blank title="麓原县医疗保障局启动全民阅读活动">麓原县医疗保障局启动全民阅</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=951" target=_blank title="麓原县应急管理局调研重点项目建设进展">麓原县应急管理局调研重点项</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1551" target=_blank title="麓原县城市管理局组织党员志愿者清理河道垃圾">麓原县城市管理局组织党员志</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1313" target=_blank title="石桥镇启动全民阅读活动">石桥镇启动全民阅读活动</A></TD></TR>
</TABLE></TD></TR></TABLE><TABLE cellSpacing=0 cellPadding=0 width=180 border=0><TR><TD background="images/left_tit.gif" height=30>&nbsp;&nbsp;<B>相关专题</B></TD></TR><TR><TD><TABLE width="96%" align=center><TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=468" target=_blank title="新店镇召开专题会议部署近期重点工作">新店镇召开专题会议部署近期</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1390" target=_blank title="麓原县生态环境分局举办就业招聘会">麓原县生态环境分局举办就业</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1357" target=_blank title="麓原县人力资源和社会保障局开展消防知识进校园活动">麓原县人力资源和社会保障局</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1029" target=_blank title="麓原县商务局举办就业招聘会">麓原县商务局举办就业招聘会</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=635" target=_blank title="白鹭镇发布高温橙色预警">白鹭镇发布高温橙色预警</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=773" target=_blank title="麓原县司法局召开专题会议部署近期重点工作">麓原县司法局召开专题会议部</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1346" target=_blank title="麓原县发展和改革局推进高标准农田建设">麓原县发展和改革局推进高标</A></TD></TR>
<TR><TD height=22><IMG src="images/arrow.gif" width=7 height=7>&nbsp;<A href="showarticle.asp?ArticleID=1120" target=_blank title="金沙乡召开专题会议部署近期重点工作">金沙乡召开专题会议部署近期</A></TD></TR>
</TABLE></TD></TR></TABLE>
</TD><TD vAlign=top width=593><TABLE cellSpacing=0 cellPadding=4 width="100%" border=0><TR><TD height=28>您现在的位置：<A href="index.asp">麓原县政府网站</A>&nbsp;&gt;&gt;&nbsp;<A href="article_class.asp?ClassID=31">政务公开</A>&nbsp;&gt;&gt;&nbsp;<A href="article_class2.asp?ClassID=31&SpecialID=4">规划计划</A>&nbsp;&gt;&gt;&nbsp;文章内容</TD></TR>
<TR><TD><TABLE cellSpacing=1 cellPadding=0 width="98%" align=center bgColor=#c0dcf0 border=0><TR><TD bgColor=#ffffff><TABLE cellSpacing=0 cellPadding=6 width="100%" border=0>
<TR><TD align=middle><FONT color=#003399 size=4><B>麓原县2008年依法行政工作安排</B></FONT></TD></TR>
<TR><TD align=middle bgColor=#f5f5f5>作者：<A href="author.asp?n=1">县法制办</A>　来源：<A href="#">本站原创</A>　发布时间：2008-3-31　点击数：<SCRIPT src="hits.asp?ArticleID=1573"></SCRIPT></TD></TR>
<TR><TD style="FONT-SIZE: 14px; LINE-HEIGHT: 180%" vAlign=top height=300><TABLE width="100%" border=0><TR><TD class=content><CENTER><B><FONT size=5>麓原县2008年依法行政工作安排</FONT></B></CENTER><BR><CENTER>麓政发[2008]15号</CENTER><BR><BR>各乡镇人民政府，县政府各部门：<BR><BR>
　　为贯彻落实国务院《全面推进依法行政实施纲要》和《关于加强市县政府依法行政的决定》，推动我县依法行政工作再上新水平，现就2008年依法行政工作作如下安排：<BR><BR>
　　一、指导思想<BR><BR>
　　以党的十七大精神为指导，坚持科学发展观，以提高领导干部依法行政意识和能力为重点，以建立健全制度为保证，以规范行政执法为突破口，努力建设法治政府、服务政府、责任政府。<BR><BR>
　　二、工作任务<BR><BR>
　　（一）抓好学习培训。县政府常务会议学法不少于4次，县直部门每季度集中学法1次。5月份举办乡镇长和部门负责人依法行政专题研讨班，10月底前对全县820名执法人员轮训一遍，参训率达到95%以上。县法制办负责，县人事局、县委党校配合。<BR><BR>
　　（二）规范决策程序。凡涉及群众切身利益的收费调整、征地补偿、城市规划等事项，决策前一律公开征求意见。7月底前制定《麓原县重大行政决策听证办法》。县政府办公室、县法制办负责。<br><br>
　　（三）推行执法责任制。各执法部门6月底前完成执法依据梳理、执法职权分解和执法责任确定，并在本单位公示栏和县政府网站公布。年终组织考核，考核得分低于60分的单位，取消评先资格。<BR><BR>
　　（四）清理审批事项。对现有217项行政审批事项进行清理，年内减少比例不低于20%，县行政服务中心窗口办件按时办结率达到99%。县监察局牵头，县行政服务中心、县法制办配合。<br><br>
　　（五）加强复议应诉。畅通行政复议渠道，做到有案必受、有错必纠，复议案件按期审结率100%。推行行政机关法定代表人出庭应诉，出庭率不低于30%。<BR><BR>
　　（六）推进政务公开。认真实施《政府信息公开条例》，5月1日前编制完成县政府和各部门的信息公开指南、公开目录，全年主动公开信息2000条以上。<br />
<br />
　　三、工作步骤<br />
<br />
　　第一阶段（3月至4月）：宣传发动，制定方案。各单位4月20日前将实施方案报县法制办。<BR><BR>
　　第二阶段（5月至10月）：组织实施，全面推进。<br><br>
　　第三阶段（11月至12月）：检查考核，总结表彰。县政府将组成3个检查组，对各单位进行抽查，抽查面不低于60%。<br />
<br />
　　四、工作要求<br><br>
　　各单位主要负责人是依法行政第一责任人，要切实加强领导，落实人员和经费。对推诿扯皮、工作不力，造成不良影响的，要依照有关规定追究责任。<br><br>
　　　　　　　　　　　　　　　　　　　　　　麓原县人民政府<BR><BR>
　　　　　　　　　　　　　　　　　　　　二〇〇八年三月二十五日<BR><BR>
</TD></TR></TABLE></TD></TR>
<TR><TD align=right>文章录入：admin　　责任编辑：admin&nbsp;</TD></TR>
<TR><TD><LI>上一篇文章：<A href="showarticle.asp?ArticleID=1572">麓原县人民政府关于加强春季森林防火工作的通告</A></LI><BR><LI>下一篇文章：没有了</LI></TD></TR>
<TR><TD align=right>【<A href="comment.asp?ArticleID=1573">发表评论</A>】【<A href="sendmail.asp?ArticleID=1573">告诉好友</A>】【<A href="print.asp?ArticleID=1573">打印此文</A>】【<A href="javascript:window.close();">关闭窗口</A>】</TD></TR></TABLE></TD></TR></TABLE></TD></TR>
<TR><TD>&nbsp;&nbsp;<B>网友评论：</B>（只显示最新10条。评论内容只代表网友观点，与本站立场无关！）<BR>　　没有任何评论</TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=778 align=center border=0><TR><TD align=middle><A href="http://www.info.test/" target=_blank>北京</A></TD><TD align=middle><A href="http://www.fw.test/" target=_blank>天津</A></TD><TD align=middle><A href="http://www.logo.test/" target=_blank>河北</A></TD><TD align=middle><A href="http://www.list.test/" target=_blank>山西</A></TD><TD align=middle><A href="http://www.active.test/" target=_blank>内蒙古</A></TD><TD align=middle><A href="http://www.right.test/" target=_blank>辽宁</A></TD><TD align=middle><A href="http://www.menu.test/" target=_blank>吉林</A></TD><TD align=middle><A href="http://www.item.test/" target=_blank>黑龙江</A></TD></TR><TR><TD align=middle><A href="http://www.bd.test/" target=_blank>上海</A></TD><TD align=middle><A href="http://www.pic.test/" target=_blank>江苏</A></TD><TD align=middle><A href="http://www.top.test/" target=_blank>浙江</A></TD><TD align=middle><A href="http://www.tit.test/" target=_blank>安徽</A></TD><TD align=middle><A href="http://www.top.test/" target=_blank>福建</A></TD><TD align=middle><A href="http://www.bd.test/" target=_blank>江西</A></TD><TD align=middle><A href="http://www.search.test/" target=_blank>山东</A></TD><TD align=middle><A href="http://www.bar.test/" target=_blank>河南</A></TD></TR><TR><TD align=middle><A href="http://www.hover.test/" target=_blank>湖北</A></TD><TD align=middle><A href="http://www.cur.test/" target=_blank>湖南</A></TD><TD align=middle><A href="http://www.box.test/" target=_blank>广东</A></TD><TD align=middle><A href="http://www.item.test/" target=_blank>广西</A></TD><TD align=middle><A href="http://www.bar.test/" target=_blank>海南</A></TD><TD align=middle><A href="http://www.news.test/" target=_blank>重庆</A></TD><TD align=middle><A href="http://www.list.test/" target=_blank>四川</A></TD><TD align=middle><A href="http://www.tit.test/" target=_blank>贵州</A></TD></TR><TR><TD align=middle><A href="http://www.info.test/" target=_blank>云南</A></TD><TD align=middle><A href="http://www.tab.test/" target=_blank>西藏</A></TD><TD align=middle><A href="http://www.left.test/" target=_blank>陕西</A></TD><TD align=middle><A href="http://www.bd.test/" target=_blank>甘肃</A></TD><TD align=middle><A href="http://www.top.test/" target=_blank>青海</A></TD><TD align=middle><A href="http://www.info.test/" target=_blank>宁夏</A></TD><TD align=middle><A href="http://www.main.test/" target=_blank>新疆</A></TD><TD align=middle><A href="http://www.bd.test/" target=_blank>香港</A></TD></TR><TR><TD align=middle><A href="http://www.menu.test/" target=_blank>澳门</A></TD><TD align=middle><A href="http://www.link.test/" target=_blank>政府办公室</A></TD><TD align=middle><A href="http://www.tab.test/" target=_blank>发展和改革局</A></TD><TD align=middle><A href="http://www.cont.test/" target=_blank>教育体育局</A></TD><TD align=middle><A href="http://www.icon.test/" target=_blank>科学技术局</A></TD><TD align=middle><A href="http://www.left.test/" target=_blank>工业和信息化局</A></TD><TD align=middle><A href="http://www.tab.test/" target=_blank>公安局</A></TD><TD align=middle><A href="http://www.clear.test/" target=_blank>民政局</A></TD></TR><TR><TD align=middle><A href="http://www.tab.test/" target=_blank>司法局</A></TD><TD align=middle><A href="http://www.info.test/" target=_blank>财政局</A></TD><TD align=middle><A href="http://www.news.test/" target=_blank>人力资源和社会保障局</A></TD><TD align=middle><A href="http://www.menu.test/" target=_blank>自然资源局</A></TD><TD align=middle><A href="http://www.banner.test/" target=_blank>生态环境分局</A></TD><TD align=middle><A href="http://www.hd.test/" target=_blank>住房和城乡建设局</A></TD><TD align=middle><A href="http://www.gk.test/" target=_blank>交通运输局</A></TD><TD align=middle><A href="http://www.top.test/" target=_blank>水利局</A></TD></TR><TR><TD align=middle><A href="http://www.bd.test/" target=_blank>农业农村局</A></TD><TD align=middle><A href="http://www.fw.test/" target=_blank>商务局</A></TD><TD align=middle><A href="http://www.fw.test/" target=_blank>文化和旅游局</A></TD><TD align=middle><A href="http://www.fw.test/" target=_blank>卫生健康局</A></TD><TD align=middle><A href="http://www.link.test/" target=_blank>退役军人事务局</A></TD><TD align=middle><A href="http://www.top.test/" target=_blank>应急管理局</A></TD><TD align=middle><A href="http://www.main.test/" target=_blank>审计局</A></TD><TD align=middle><A href="http://www.right.test/" target=_blank>市场监督管理局</A></TD></TR><TR><TD align=middle><A href="http://www.foot.test/" target=_blank>统计局</A></TD><TD align=middle><A href="http://www.xw.test/" target=_blank>医疗保障局</A></TD><TD align=middle><A href="http://www.link.test/" target=_blank>信访局</A></TD><TD align=middle><A href="http://www.cur.test/" target=_blank>林业局</A></TD><TD align=middle><A href="http://www.hd.test/" target=_blank>城市管理局</A></TD><TD align=middle><A href="http://www.news.test/" target=_blank>行政审批局</A></TD><TD align=middle><A href="http://www.head.test/" target=_blank>乡村振兴局</A></TD></TR></TABLE>
<TABLE width=778 align=center border=0><TR><TD align=middle>| <A href="#">设为首页</A> | <A href="#">加入收藏</A> | <A href="#">联系站长</A> | <A href="#">管理登录</A> |<BR>版权所有：麓原县人民政府　　　站长：信息中心<BR>页面执行时间：78.125毫秒</TD></TR></TABLE>
</BODY></HTML>

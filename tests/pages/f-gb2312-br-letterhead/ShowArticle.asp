<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>青禾县政府网</title>
<style type=text/css>.c0-box{margin:2px 2px;padding:0 11px;color:#569220;font:17px/1.9 'Microsoft YaHei',宋体;float:right;width:555px}
.c1-bd{margin:6px 19px;padding:0 1px;color:#51178f;font:15px/1.9 'Microsoft YaHei',宋体;float:right;width:1082px}
.c2-item{margin:17px 29px;padding:0 14px;color:#8956d9;font:12px/1.4 'Microsoft YaHei',宋体;float:right;width:992px}
.c3-item{margin:29px 12px;padding:0 13px;color:#5437d3;font:16px/1.5 'Microsoft YaHei',宋体;float:left;width:512px}
.c4-box{margin:5px 10px;padding:0 5px;color:#45fd33;font:16px/1.8 'Microsoft YaHei',宋体;float:right;width:1092px}
.c5-ft{margin:17px 5px;padding:0 14px;color:#d44fc1;font:17px/1.8 'Microsoft YaHei',宋体;float:right;width:764px}
.c6-item{margin:27px 30px;padding:0 14px;color:#5286cb;font:18px/1.7 'Microsoft YaHei',宋体;float:none;width:984px}
.c7-ft{margin:16px 7px;padding:0 15px;color:#8ee67d;font:15px/1.8 'Microsoft YaHei',宋体;float:none;width:764px}
.c8-ft{margin:28px 14px;padding:0 14px;color:#b398c1;font:16px/1.9 'Microsoft YaHei',宋体;float:none;width:975px}
.c9-hd{margin:21px 7px;padding:0 10px;color:#550715;font:16px/1.6 'Microsoft YaHei',宋体;float:right;width:673px}
.c10-item{margin:30px 25px;padding:0 16px;color:#d0371e;font:14px/1.9 'Microsoft YaHei',宋体;float:left;width:1041px}
.c11-bd{margin:11px 29px;padding:0 19px;color:#269799;font:18px/1.6 'Microsoft YaHei',宋体;float:none;width:57px}
.c12-nav{margin:23px 3px;padding:0 1px;color:#190abf;font:14px/1.8 'Microsoft YaHei',宋体;float:left;width:257px}
.c13-bd{margin:4px 27px;padding:0 8px;color:#7d5a9d;font:18px/1.5 'Microsoft YaHei',宋体;float:left;width:906px}
.c14-ft{margin:24px 1px;padding:0 1px;color:#b986d8;font:14px/1.5 'Microsoft YaHei',宋体;float:left;width:88px}
.c15-box{margin:3px 30px;padding:0 2px;color:#0cf9fb;font:12px/1.9 'Microsoft YaHei',宋体;float:left;width:804px}
.c16-item{margin:4px 26px;padding:0 5px;color:#5e1303;font:16px/1.9 'Microsoft YaHei',宋体;float:left;width:829px}
.c17-bd{margin:1px 25px;padding:0 7px;color:#4d86ef;font:12px/1.4 'Microsoft YaHei',宋体;float:right;width:271px}
.c18-item{margin:10px 15px;padding:0 0px;color:#9de4b8;font:15px/1.8 'Microsoft YaHei',宋体;float:none;width:133px}
.c19-item{margin:24px 12px;padding:0 19px;color:#4e91ba;font:15px/1.5 'Microsoft YaHei',宋体;float:left;width:687px}
.c20-box{margin:0px 14px;padding:0 4px;color:#c93113;font:15px/1.8 'Microsoft YaHei',宋体;float:right;width:334px}
.c21-item{margin:8px 8px;padding:0 19px;color:#d6ea32;font:17px/1.4 'Microsoft YaHei',宋体;float:none;width:1182px}
.c22-nav{margin:21px 1px;padding:0 8px;color:#112e48;font:13px/1.5 'Microsoft YaHei',宋体;float:left;width:236px}
.c23-hd{margin:20px 7px;padding:0 16px;color:#1013d5;font:13px/1.5 'Microsoft YaHei',宋体;float:none;width:950px}
.c24-box{margin:8px 2px;padding:0 18px;color:#74d70d;font:16px/1.8 'Microsoft YaHei',宋体;float:none;width:776px}
.c25-item{margin:21px 13px;padding:0 8px;color:#027864;font:13px/1.4 'Microsoft YaHei',宋体;float:right;width:877px}
.c26-nav{margin:3px 16px;padding:0 2px;color:#7b52b9;font:12px/1.4 'Microsoft YaHei',宋体;float:left;width:412px}
.c27-nav{margin:3px 6px;padding:0 0px;color:#edc63e;font:15px/1.6 'Microsoft YaHei',宋体;float:none;width:818px}
.c28-nav{margin:21px 29px;padding:0 6px;color:#de125d;font:15px/1.8 'Microsoft YaHei',宋体;float:left;width:144px}
.c29-hd{margin:29px 16px;padding:0 18px;color:#5cc987;font:12px/1.9 'Microsoft YaHei',宋体;float:right;width:789px}
.c30-box{margin:16px 30px;padding:0 3px;color:#bba3a3;font:14px/1.9 'Microsoft YaHei',宋体;float:right;width:671px}
.c31-box{margin:27px 21px;padding:0 13px;color:#33cb7d;font:12px/1.6 'Microsoft YaHei',宋体;float:left;width:72px}
.c32-hd{margin:1px 13px;padding:0 20px;color:#f8c307;font:15px/1.5 'Microsoft YaHei',宋体;float:none;width:191px}
.c33-box{margin:9px 0px;padding:0 11px;color:#9c949e;font:17px/1.4 'Microsoft YaHei',宋体;float:left;width:1044px}
.c34-nav{margin:3px 18px;padding:0 11px;color:#c89783;font:17px/1.7 'Microsoft YaHei',宋体;float:left;width:746px}
.c35-hd{margin:28px 3px;padding:0 8px;color:#3e58a6;font:12px/1.4 'Microsoft YaHei',宋体;float:none;width:725px}
.c36-ft{margin:12px 30px;padding:0 6px;color:#35f721;font:12px/1.8 'Microsoft YaHei',宋体;float:none;width:1003px}
.c37-box{margin:23px 22px;padding:0 15px;color:#94dd8e;font:14px/1.7 'Microsoft YaHei',宋体;float:left;width:807px}
.c38-item{margin:15px 16px;padding:0 15px;color:#d682b4;font:15px/1.9 'Microsoft YaHei',宋体;float:right;width:848px}
.c39-nav{margin:5px 15px;padding:0 19px;color:#84d0c6;font:16px/1.7 'Microsoft YaHei',宋体;float:none;width:212px}
.c40-bd{margin:23px 26px;padding:0 18px;color:#312001;font:12px/1.6 'Microsoft YaHei',宋体;float:left;width:1156px}
.c41-nav{margin:25px 13px;padding:0 2px;color:#2c1bc4;font:17px/1.9 'Microsoft YaHei',宋体;float:left;width:303px}
.c42-item{margin:12px 7px;padding:0 10px;color:#e0b066;font:13px/1.8 'Microsoft YaHei',宋体;float:right;width:269px}
.c43-nav{margin:17px 30px;padding:0 13px;color:#313b28;font:14px/1.8 'Microsoft YaHei',宋体;float:left;width:1093px}
.c44-item{margin:5px 28px;padding:0 5px;color:#ec0074;font:17px/1.5 'Microsoft YaHei',宋体;float:right;width:774px}
.c45-bd{margin:23px 4px;padding:0 14px;color:#e1e2c5;font:17px/1.4 'Microsoft YaHei',宋体;float:none;width:824px}
.c46-ft{margin:5px 12px;padding:0 16px;color:#1b6dd5;font:15px/1.6 'Microsoft YaHei',宋体;float:right;width:559px}
.c47-ft{margin:23px 29px;padding:0 13px;color:#f1eb69;font:14px/1.8 'Microsoft YaHei',宋体;float:right;width:206px}
.c48-ft{margin:7px 17px;padding:0 19px;color:#60313e;font:15px/1.9 'Microsoft YaHei',宋体;float:right;width:63px}
.c49-item{margin:14px 16px;padding:0 14px;color:#5ad015;font:18px/1.4 'Microsoft YaHei',宋体;float:left;width:865px}
.c50-nav{margin:23px 18px;padding:0 19px;color:#c585b2;font:13px/1.4 'Microsoft YaHei',宋体;float:right;width:1182px}
.c51-nav{margin:8px 23px;padding:0 18px;color:#620b8e;font:15px/1.8 'Microsoft YaHei',宋体;float:left;width:57px}
.c52-bd{margin:21px 13px;padding:0 15px;color:#81e3cd;font:16px/1.8 'Microsoft YaHei',宋体;float:left;width:996px}
.c53-ft{margin:6px 30px;padding:0 2px;color:#b35258;font:12px/1.7 'Microsoft YaHei',宋体;float:none;width:174px}
.c54-bd{margin:15px 29px;padding:0 10px;color:#eb2a1d;font:14px/1.8 'Microsoft YaHei',宋体;float:right;width:96px}
.c55-box{margin:19px 24px;padding:0 11px;color:#58ef28;font:18px/1.7 'Microsoft YaHei',宋体;float:right;width:316px}
.c56-box{margin:5px 15px;padding:0 12px;color:#ede77b;font:17px/1.6 'Microsoft YaHei',宋体;float:left;width:61px}
.c57-item{margin:17px 14px;padding:0 0px;color:#bba09a;font:12px/1.8 'Microsoft YaHei',宋体;float:right;width:1195px}
.c58-hd{margin:6px 27px;padding:0 9px;color:#ff1e48;font:17px/1.5 'Microsoft YaHei',宋体;float:right;width:1142px}
.c59-ft{margin:29px 9px;padding:0 2px;color:#84164f;font:18px/1.6 'Microsoft YaHei',宋体;float:right;width:723px}
.c60-ft{margin:30px 25px;padding:0 9px;color:#c932e9;font:16px/1.4 'Microsoft YaHei',宋体;float:none;width:471px}
.c61-hd{margin:19px 16px;padding:0 4px;color:#2da364;font:14px/1.4 'Microsoft YaHei',宋体;float:left;width:977px}
.c62-bd{margin:7px 16px;padding:0 8px;color:#1f5ec1;font:12px/1.4 'Microsoft YaHei',宋体;float:none;width:816px}
.c63-item{margin:6px 10px;padding:0 11px;color:#279f14;font:14px/1.7 'Microsoft YaHei',宋体;float:right;width:380px}
.c64-hd{margin:14px 27px;padding:0 9px;color:#ec1043;font:13px/1.9 'Microsoft YaHei',宋体;float:right;width:482px}
.c65-item{margin:10px 5px;padding:0 3px;color:#79c669;font:15px/1.5 'Microsoft YaHei',宋体;float:none;width:805px}
.c66-nav{margin:11px 4px;padding:0 4px;color:#776254;font:14px/1.8 'Microsoft YaHei',宋体;float:none;width:814px}
.c67-hd{margin:25px 26px;padding:0 10px;color:#8fbdb9;font:17px/1.8 'Microsoft YaHei',宋体;float:none;width:696px}
.c68-ft{margin:12px 24px;padding:0 20px;color:#954d60;font:16px/1.8 'Microsoft YaHei',宋体;float:none;width:188px}
.c69-item{margin:9px 12px;padding:0 15px;color:#597c01;font:14px/1.6 'Microsoft YaHei',宋体;float:right;width:1016px}
</style><script language=javascript>function fn0(a){var b=document.getElementById('id8');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.09158478740507359');}
function fn1(a){var b=document.getElementById('id47');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.8354988781294496');}
function fn2(a){var b=document.getElementById('id95');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.8089620446393668');}
function fn3(a){var b=document.getElementById('id40');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.25158329759496567');}
function fn4(a){var b=document.getElementById('id28');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.6068017336408379');}
function fn5(a){var b=document.getElementById('id75');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.6812461849926625');}
function fn6(a){var b=document.getElementById('id56');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.6384713381046937');}
function fn7(a){var b=document.getElementById('id93');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.8602441027374532');}
function fn8(a){var b=document.getElementById('id66');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.9493954730932436');}
function fn9(a){var b=document.getElementById('id70');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.9357116851572259');}
function fn10(a){var b=document.getElementById('id65');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.2682407416493281');}
function fn11(a){var b=document.getElementById('id5');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.8710329683679704');}
function fn12(a){var b=document.getElementById('id47');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.4648938620973121');}
function fn13(a){var b=document.getElementById('id41');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.907750110179297');}
function fn14(a){var b=document.getElementById('id55');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.8917894578282874');}
function fn15(a){var b=document.getElementById('id68');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.1644884240665313');}
function fn16(a){var b=document.getElementById('id23');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.23612340711506208');}
function fn17(a){var b=document.getElementById('id4');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.17671998087423235');}
function fn18(a){var b=document.getElementById('id23');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.13669739298646666');}
function fn19(a){var b=document.getElementById('id66');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.3596914037964013');}
function fn20(a){var b=document.getElementById('id66');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.6744796973458701');}
function fn21(a){var b=document.getElementById('id24');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.9951776705203319');}
function fn22(a){var b=document.getElementById('id58');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.7967599214216395');}
function fn23(a){var b=document.getElementById('id95');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.5253657170131328');}
function fn24(a){var b=document.getElementById('id98');if(!b){return;}b.style.display=a?'block':'none';b.setAttribute('data-k','0.3642555236052545');}
</script></head><body bgcolor=#ffffff topmargin=0>
<table width=778 align=center border=0><tr><td colspan=9><img src=images/banner.swf>今天是：<script>document.write(new Date())</script></td></tr><tr><td align=center><a href="/zwgk/82644/" class=menu>财政预决算</a></td>
<td align=center><a href="/zwgk/91498/" class=menu>社会救助</a></td>
<td align=center><a href="/zwgk/62030/" class=menu>乡村振兴</a></td>
<td align=center><a href="/zwgk/21558/" class=menu>公共文化</a></td>
<td align=center><a href="/zwgk/33318/" class=menu>证照专区</a></td>
<td align=center><a href="/zwgk/76227/" class=menu>咨询投诉</a></td>
<td align=center><a href="/zwgk/29407/" class=menu>特色产品</a></td>
<td align=center><a href="/zwgk/52044/" class=menu>视频新闻</a></td>
<td align=center><a href="/zwgk/81992/" class=menu>优化营商环境</a></td>
<td align=center><a href="/zwgk/18333/" class=menu>常务会议</a></td>
<td align=center><a href="/zwgk/29243/" class=menu>网站年报</a></td>
<td align=center><a href="/zwgk/42110/" class=menu>友情链接</a></td>
<td align=center><a href="/zwgk/83015/" class=menu>人事信息</a></td>
<td align=center><a href="/zwgk/26805/" class=menu>养老服务</a></td>
<td align=center><a href="/zwgk/48341/" class=menu>城市综合执法</a></td>
<td align=center><a href="/zwgk/35578/" class=menu>应急管理</a></td>
<td align=center><a href="/zwgk/80050/" class=menu>一件事专区</a></td>
<td align=center><a href="/zwgk/89858/" class=menu>建议提案</a></td>
<td align=center><a href="/zwgk/47576/" class=menu>旅游景点</a></td>
<td align=center><a href="/zwgk/42391/" class=menu>乡镇动态</a></td>
<td align=center><a href="/zwgk/93362/" class=menu>政务公开年报</a></td>
<td align=center><a href="/zwgk/3997/" class=menu>工作报告</a></td>
<td align=center><a href="/zwgk/72967/" class=menu>无障碍浏览</a></td>
<td align=center><a href="/zwgk/76827/" class=menu>领导之窗</a></td>
<td align=center><a href="/zwgk/93767/" class=menu>招考录用</a></td>
<td align=center><a href="/zwgk/16600/" class=menu>义务教育</a></td>
<td align=center><a href="/zwgk/68173/" class=menu>公共资源交易</a></td>
<td align=center><a href="/zwgk/61666/" class=menu>政务服务</a></td>
<td align=center><a href="/zwgk/49142/" class=menu>互动交流</a></td>
<td align=center><a href="/zwgk/12951/" class=menu>新闻发布会</a></td>
<td align=center><a href="/zwgk/81062/" class=menu>美食文化</a></td>
<td align=center><a href="/zwgk/37133/" class=menu>部门动态</a></td>
<td align=center><a href="/zwgk/90910/" class=menu>依申请公开</a></td>
<td align=center><a href="/zwgk/11249/" class=menu>建设项目</a></td>
<td align=center><a href="/zwgk/41541/" class=menu>智能问答</a></td>
<td align=center><a href="/zwgk/7363/" class=menu>机构职能</a></td>
<td align=center><a href="/zwgk/54200/" class=menu>行政许可</a></td>
<td align=center><a href="/zwgk/78851/" class=menu>医疗卫生</a></td>
<td align=center><a href="/zwgk/86323/" class=menu>国有土地上房屋征收</a></td>
<td align=center><a href="/zwgk/84666/" class=menu>个人办事</a></td>
<td align=center><a href="/zwgk/28139/" class=menu>县长信箱</a></td>
<td align=center><a href="/zwgk/18403/" class=menu>走进我们</a></td>
<td align=center><a href="/zwgk/57958/" class=menu>招商引资</a></td>
<td align=center><a href="/zwgk/56134/" class=menu>公告公示</a></td>
<td align=center><a href="/zwgk/82317/" class=menu>公开指南</a></td>
<td align=center><a href="/zwgk/64983/" class=menu>价格收费</a></td>
<td align=center><a href="/zwgk/39144/" class=menu>数据开放</a></td>
<td align=center><a href="/zwgk/15753/" class=menu>政策文件</a></td>
<td align=center><a href="/zwgk/83177/" class=menu>行政处罚</a></td>
<td align=center><a href="/zwgk/12683/" class=menu>生态环境</a></td>
<td align=center><a href="/zwgk/72840/" class=menu>涉农补贴</a></td>
<td align=center><a href="/zwgk/47622/" class=menu>法人办事</a></td>
<td align=center><a href="/zwgk/41068/" class=menu>在线访谈</a></td>
<td align=center><a href="/zwgk/88596/" class=menu>历史沿革</a></td>
<td align=center><a href="/zwgk/91555/" class=menu>投资指南</a></td>
<td align=center><a href="/zwgk/24415/" class=menu>时政要闻</a></td>
<td align=center><a href="/zwgk/72695/" class=menu>公开制度</a></td>
<td align=center><a href="/zwgk/36872/" class=menu>减税降费</a></td>
<td align=center><a href="/zwgk/66581/" class=menu>适老模式</a></td>
<td align=center><a href="/zwgk/85418/" class=menu>规划信息</a></td>
<td align=center><a href="/zwgk/54538/" class=menu>政府采购</a></td>
<td align=center><a href="/zwgk/91221/" class=menu>安全生产</a></td>
<td align=center><a href="/zwgk/68913/" class=menu>就业创业</a></td>
<td align=center><a href="/zwgk/27037/" class=menu>部门服务</a></td>
<td align=center><a href="/zwgk/91626/" class=menu>民意征集</a></td>
<td align=center><a href="/zwgk/96728/" class=menu>自然地理</a></td>
<td align=center><a href="/zwgk/77132/" class=menu>园区介绍</a></td>
<td align=center><a href="/zwgk/40671/" class=menu>专题专栏</a></td>
<td align=center><a href="/zwgk/84475/" class=menu>权责清单</a></td>
<td align=center><a href="/zwgk/26637/" class=menu>双公示</a></td>
</tr></table>
<table width=778 align=center><tr><td width=180 valign=top><table><tr><td>文章搜索<input name=keyword></td></tr><tr><td>最新热点</td></tr><tr><td>·<a href="/zwgk/30714/">行政许可</a> 2020-07-05</td></tr>
<tr><td>·<a href="/zwgk/26312/">医疗卫生</a> 2015-02-05</td></tr>
<tr><td>·<a href="/zwgk/33432/">国有土地上房屋征收</a> 2023-04-13</td></tr>
<tr><td>·<a href="/zwgk/85130/">个人办事</a> 2015-08-16</td></tr>
<tr><td>·<a href="/zwgk/60392/">县长信箱</a> 2021-08-19</td></tr>
<tr><td>·<a href="/zwgk/26196/">走进我们</a> 2021-02-16</td></tr>
<tr><td>·<a href="/zwgk/31694/">招商引资</a> 2015-12-09</td></tr>
<tr><td>·<a href="/zwgk/69180/">公告公示</a> 2021-08-13</td></tr>
<tr><td>·<a href="/zwgk/96158/">公开指南</a> 2016-11-09</td></tr>
<tr><td>·<a href="/zwgk/13735/">价格收费</a> 2016-07-20</td></tr>
<tr><td>·<a href="/zwgk/50441/">数据开放</a> 2016-11-02</td></tr>
<tr><td>·<a href="/zwgk/45359/">政策文件</a> 2018-12-03</td></tr>
<tr><td>·<a href="/zwgk/66218/">行政处罚</a> 2023-04-19</td></tr>
<tr><td>·<a href="/zwgk/19630/">生态环境</a> 2024-02-18</td></tr>
<tr><td>·<a href="/zwgk/5910/">涉农补贴</a> 2022-12-07</td></tr>
<tr><td>·<a href="/zwgk/20425/">法人办事</a> 2024-08-24</td></tr>
<tr><td>·<a href="/zwgk/77594/">在线访谈</a> 2022-05-18</td></tr>
<tr><td>·<a href="/zwgk/47752/">历史沿革</a> 2021-03-06</td></tr>
<tr><td>·<a href="/zwgk/79815/">投资指南</a> 2016-09-23</td></tr>
<tr><td>·<a href="/zwgk/42128/">时政要闻</a> 2020-11-27</td></tr>
<tr><td>·<a href="/zwgk/65832/">公开制度</a> 2023-10-07</td></tr>
<tr><td>·<a href="/zwgk/41473/">减税降费</a> 2017-06-17</td></tr>
<tr><td>·<a href="/zwgk/38270/">适老模式</a> 2023-11-03</td></tr>
<tr><td>·<a href="/zwgk/67508/">规划信息</a> 2023-04-12</td></tr>
<tr><td>·<a href="/zwgk/32966/">政府采购</a> 2015-05-11</td></tr>
<tr><td>·<a href="/zwgk/29808/">安全生产</a> 2019-01-14</td></tr>
<tr><td>·<a href="/zwgk/34393/">就业创业</a> 2021-05-27</td></tr>
<tr><td>·<a href="/zwgk/93457/">部门服务</a> 2021-03-22</td></tr>
<tr><td>·<a href="/zwgk/52939/">民意征集</a> 2016-03-22</td></tr>
<tr><td>·<a href="/zwgk/4359/">自然地理</a> 2018-03-10</td></tr>
</table></td>
<td valign=top><table width="100%" cellpadding=0><tr><td align=center><font color=#ff0000 size=5><b>青禾县人民政府办公室关于印发青禾县2012年依法行政工作要点的通知</b></font></td></tr>
<tr><td align=center bgcolor=#eeeeee>作者：佚名　来源：本站原创　点击数：<script src=count.asp?id=3187></script>　更新时间：2012-3-22　[<a href=#>收藏此页</a>] [<a href=javascript:window.print()>打印</a>]</td></tr>
<tr><td class=content><table width="98%" align=center><tr><td><font face=仿宋_GB2312 size=3><p align=center><font color=red size=7>青禾县人民政府办公室文件</font></p><p align=center>青政办发〔2012〕18号</p><hr color=red>
<p align=center><b>青禾县人民政府办公室<br>关于印发青禾县2012年依法行政工作要点的通知</b></p>
各乡镇人民政府，县直各单位：<br><br>&nbsp;&nbsp;&nbsp;&nbsp;《青禾县2012年依法行政工作要点》已经县人民政府同意，现印发给你们，请结合实际认真组织实施。<br>
<BR/><div align=right>青禾县人民政府办公室&nbsp;&nbsp;&nbsp;<br>二○一二年三月十五日&nbsp;&nbsp;</div>
<br><center><b><font size=4>青禾县2012年依法行政工作要点</font></b></center><br>
&nbsp;&nbsp;&nbsp;&nbsp;2012年是推进依法行政的关键之年。全县依法行政工作的总体要求是：以规范行政权力运行为重点，着力提高各级行政机关依法办事能力。<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;一、健全科学民主决策机制<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;编制并公布重大行政决策事项目录，每项决策均应开展社会稳定风险评估。建立决策后评估制度，全年评估不少于2项。（责任单位：办公室、司法局）<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;二、加强和改进制度建设<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;每年第一季度编制制定计划，上半年完成一次集中清理，清理结果于6月30日前公布。（责任单位：司法局、办公室）<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;三、规范行政执法行为<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;全面落实行政执法公示、全过程记录、重大执法决定法制审核制度，执法信息7个工作日内公示率达到100%。（责任单位：各行政执法部门）<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;全年开展案卷评查不少于3次，评查案卷不少于187宗，合格率不低于98.6%。（牵头单位：司法局；配合单位：各行政执法部门）<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;加强行政执法监督，对投诉举报线索15个工作日内核查反馈，重大案件实行挂牌督办。<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;落实行政执法责任制，各执法单位于6月底前完成执法依据梳理，并将结果报县法制办备案。<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;四、强化组织保障<br>
<BR/>&nbsp;&nbsp;&nbsp;&nbsp;将法治政府建设列入年度综合考核，对工作不力、连续两年排名末位的单位予以通报。<br>
<BR/><b>主题词：</b>法制　依法行政　要点　通知<hr>抄送：县委办，县人大办，县政协办，县法院，县检察院。<br>青禾县人民政府办公室&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;2012年3月16日印发<br><div align=right>（共印80份）</div></font></td></tr></table></td></tr>
<tr><td align=right>【<a href=#>发表评论</a>】【<a href=#>告诉好友</a>】【<a href=javascript:window.close()>关闭窗口</a>】</td></tr></table></td></tr></table>
<center>版权所有 青禾县人民政府 技术支持：青禾县信息中心</center></body></html>
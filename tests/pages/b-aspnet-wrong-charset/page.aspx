<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head id="ctl00_Head1"><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>
	枫汀区政府门户网站
</title><link href="App_Themes/Default/style.css" type="text/css" rel="stylesheet" /><style type="text/css">
.morehd_gk a{background-color:#0d7f75;font-size:18px;cursor:pointer;overflow:hidden;float:left;position:relative}
.listside-side ul li a:hover{line-height:40px;background:url(/images/left.png) no-repeat;float:left}
.fw_tit li{position:relative;height:137px;padding:5px 4px}
#logobd{width:733px;position:relative;margin:0 auto}
.icon ul li a:hover{font-size:22px;overflow:hidden;text-align:center;background:url(/images/fw.png) no-repeat;float:left}
.link_top a{text-align:center;border-bottom:1px dashed #ccc;font-size:21px;float:left;background-color:#232586}
#date span{height:361px;position:relative;float:left;line-height:33px}
#xw li{border-bottom:1px dashed #ccc;color:#6e54c7}
#bar_info_pic{cursor:pointer;width:803px;color:#39b721;overflow:hidden}
.xwtxt p{background-color:#377592;line-height:20px;margin:0 auto;background:url(/images/head.png) no-repeat}
#date_xwmenu ul li a:hover{float:left;overflow:hidden;background-color:#9854a8;padding:2px 4px;cursor:pointer}
.news_page{background-color:#1455ed;height:128px;cursor:pointer;border-bottom:1px dashed #ccc;text-align:center;width:751px}
.xwgkwrap{font-size:13px;cursor:pointer}
.banner_xw span{padding:17px 9px;border-bottom:1px dashed #ccc;height:152px;background-color:#c99ae9}
#cont ul li a:hover{cursor:pointer;margin:0 auto;position:relative;font-size:20px;color:#a8d54c;background:url(/images/box.png) no-repeat}
.more ul li a:hover{padding:4px 19px;border-bottom:1px dashed #ccc;width:1124px;overflow:hidden;margin:0 auto}
#date li{height:330px;border-bottom:1px dashed #ccc;line-height:46px;font-size:21px;margin:0 auto;padding:10px 20px}
.tit a{font-size:19px;background-color:#abaaec}
#info p{position:relative;background-color:#365d39;padding:0px 1px;overflow:hidden}
.clear-item-side p{position:relative;overflow:hidden;height:184px;width:499px}
.wrap{color:#4fe4c5;background:url(/images/page.png) no-repeat;position:relative;height:356px;text-align:center;overflow:hidden}
.more_fw span{width:330px;margin:0 auto;font-size:21px;cursor:pointer}
.bannergk_tab p{font-size:14px;color:#7b0f92}
.logo span{height:307px;position:relative;cursor:pointer;margin:0 auto}
.wrap li{position:relative;cursor:pointer;float:left}
.main_news li{position:relative;font-size:13px;text-align:center;background:url(/images/cur.png) no-repeat;color:#1ee67f;background-color:#e78da8}
.curcont li{cursor:pointer;font-size:12px;overflow:hidden;background:url(/images/menu.png) no-repeat;padding:1px 0px;height:131px}
#mainbox p{float:left;color:#346d6b;width:626px;cursor:pointer}
.wrap::after{background:url(/images/main.png) no-repeat;height:21px}
.inner li{border-bottom:1px dashed #ccc;width:622px;cursor:pointer}
.icon ul li a:hover{background-color:#bc2fc9;margin:0 auto;float:left}
.gk_search ul li a:hover{overflow:hidden;text-align:center}
.news p{font-size:14px;margin:0 auto;overflow:hidden;float:left;position:relative}
#bartxt_logo::after{height:96px;float:left;background-color:#eeb3e5;cursor:pointer;width:352px}
.news_txtmore p{font-size:21px;background-color:#e89f8f;padding:1px 16px}
#infoxw p{background:url(/images/foot.png) no-repeat;cursor:pointer;background-color:#bd48c3;margin:0 auto;padding:15px 15px}
.zttit::after{margin:0 auto;line-height:24px;float:left}
.foot_bar ul li a:hover{border-bottom:1px dashed #ccc;font-size:15px}
#logo p{position:relative;font-size:21px;overflow:hidden;text-align:center;background-color:#243fcf}
.box-tit-xw span{text-align:center;line-height:23px;overflow:hidden;width:856px;font-size:22px}
#item li{border-bottom:1px dashed #ccc;overflow:hidden}
.ztmore_menu a{height:94px;line-height:42px;overflow:hidden;margin:0 auto}
.cont_clear span{position:relative;margin:0 auto;background-color:#d6bec0;cursor:pointer;font-size:18px}
.page-info-active p{overflow:hidden;font-size:14px;height:391px;border-bottom:1px dashed #ccc;margin:0 auto}
.clear_more span{font-size:12px;overflow:hidden;padding:17px 14px;margin:0 auto}
.date_info p{color:#9657b1;background:url(/images/fw.png) no-repeat}
.side-tit_head a{border-bottom:1px dashed #ccc;text-align:center;overflow:hidden;background:url(/images/link.png) no-repeat;position:relative}
.date{position:relative;padding:6px 7px;cursor:pointer;width:539px;background:url(/images/head.png) no-repeat;float:left}
.txt-head_page::after{margin:0 auto;overflow:hidden;color:#ac8a58;text-align:center;background-color:#1c9887}
.cont ul li a:hover{position:relative;color:#f7bbad}
#cur li{background-color:#a60042;width:685px;font-size:20px;border-bottom:1px dashed #ccc}
#linknav ul li a:hover{color:#af64a0;width:997px}
#icon_logo_logo a{text-align:center;position:relative;padding:6px 14px;height:27px;cursor:pointer;overflow:hidden}
.tab span{padding:9px 8px;font-size:23px;cursor:pointer}
.news::after{height:147px;line-height:42px;position:relative;padding:16px 8px;width:264px;color:#c493ee}
#box_page-top li{border-bottom:1px dashed #ccc;font-size:17px}
#icon{height:293px;overflow:hidden;background-color:#eb91ba;text-align:center;float:left}
.menu-gk_list ul li a:hover{line-height:36px;position:relative;background-color:#eb4dcc;padding:18px 13px;margin:0 auto}
#date-right-wrap p{text-align:center;width:168px;overflow:hidden}
#search_inner a{text-align:center;cursor:pointer;height:181px;font-size:16px;float:left;line-height:48px}
</style></head>
<body>
<form name="aspnetForm" method="post" action="ShowInfo.aspx?id=8841&amp;cid=203" id="aspnetForm">
<div><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="" />
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="9zUChbwJKOn8PQQO4c6uJdux/149HVZ3tVtHZENYOu/bNN9azFA5Tuy6gms7k3TXa30UdpDMXHCRUO6xpXNnxt3P/hB99fHWBDIjiCyd8Miw2LgESYd+JuPbGeQdZQwSd7nX645LZuyAOy2L8oBaFDxPTyrToFFj53lW3nHIEsHo1stFeSQdrX5jYAPXQu33vRdJEApz5A/xQSjSf5B73/l/C4APedcUkfV2O8fBl3KxuEGtFZwCDlXAptVhb1gOnu+0TZhyT4zSB8xu5N7kYgPkq+pZnWPohAAkQD9//INUU+k+r5ZQfVEAmlqzOVfsD9ospNyBuvIb/NW5k2ZV3+TbIFUZUFd1vJ2MnnuS6B9k7cmUARnI2Ce1p3bWKKcylIuMnsBSXmc7+o6lhaAd/oe5d5Yo1LWvx+tWdd2a/JGp9mgHRVYhwkVb/y8Pd+r+spXINhkRpUA0vq0Sy+G4cYkp4uM6Uiid3eAOXms5a73gK1/AkSWALHr/eet3d5grbhFsRuxx+b0/qvL6BnNVZ+amKwirlf4AnK11cQdWc+J2mMlDY3TOcWeyooDCHyqr9FBz6XpU+LWSd4UVNtk4K8KNgWaoG7JmrlRS5tzdc0Et795F5moeTeKwsDhFKZNC7EomcqiCPfQme/OE/h6nPso3ZfptOJ1J0GizpXimoK1nvs/z3njGOVLNYVr6V2BUqlUYxiF/OfWsvDqSqNMSLbGHs05BNz1/QPt+2i/WPNfNfO9eKeCEpag28+6P2YiaxaLJ+LZUnxzPmQpCxA84CVrYZFSFS5ejluhRUlxrp43uoGHAAuvaeeO+15GiOmqyEKvrKm8jHw+fFguhY76aic1vWycyiVjo0v8X8CMNWYXzQuKE94IMcIAHJQGVcMvzeziwJK4rgZ5j/j3LuDj7t/fz7G3ZVKfOfgwexMyLLmXu79uSSPToUMHDz6Ab4EX3J4TwAz5BcSTA92VIoRKfhmH87Tir1b0Nu36eWSst6jLxHBpLXq4vPSHhlEtu8yKQez+yBSKEpeaowdUJ/8nhyl9tFXtVmyul2rJdyY8OuaR1Dv98qFWYmirHPWewXXD0lPvhZa3G1vBdYBEkRq7nnz2dHxgRN/9nNVATbls3C9O6YbAzbIy5agSRy9ukBMABJBXzGPzxevlRLoRptdZ2tosL8x21GWMn6M7J4wUgfkhNjU5SXnXW35yBP/ERyCZPYFWK3n+hbUWHLE9x80s4AV5hqPPWOmdfovZBEwIz+OwRXMPSCKhM1YM75q7N5kwEAi/AJb7Y7s4iD6ubnsLg4NhRxDPZURSu/ESa8+WjJs6EDOPU9zqcheSkBSwam0Hm3za2MW1K6iCDPCWf8QG9Uf6Wx86BxuUNIe8BiUMl89gWjsFTiZYhiTVfuBpjKOERDYaTKtnrPeJGw5SELJGlwewwUd4rgeHADafaD2sczCxgjPWVp/+YfxK3lHU8/LV5UTo6YCNNQZEfTEeeibPbPMZ9XH7s/1ntbdCLepl1fu+pcjLENoBVnnBaQEqRVBJfbGh1QprnJLinm3aE7BMjB2ZfyNrvuM8K48hw9DmuQo+ie6nqbNMw7N91Uzg9zdUUxiSrvcs2nlCfVmQKLILuext5xZNRpr+15i3IdAak3wM7IERp/D3XmCio2Y5C8KCx0IgS8S/TIGokGuePB2BRmtk9BQN199WD6s/S5w3sCm69gXUgfVqtkc70R8/15UyD30QTEwlBmRS/+qI8EIzuCexF5xC0tAFAccUv4DrYeqDaRKS8+itakhfjzOjhYoEjOzijLEFZZkKXtbnivIQZxGZ9gq1PRhFcQhhvyKFv+i40ZpEpNcwhpkhVbOLY3E+A8gXIdmbw4DpFsQS5dYKfi6+aA9oDdK9q7BF9P8QALA4kc3c09tQd+Yibr10FwM56Mc/Umpk3DVs2wmwxDg+8OGwiIeg36K7PbtSGwDKPRr88nXGBIxQGYvMB+OMJQeTsS92JMIMYFH5XI23xjP2L6l2BhAgefbNiljgvf3T3gJd+FDolfHKOPPwz3O7DxlsihC1T/5iFyRnIfPJ9w67In3WOOrRgqoVlehh/SgKW+8FhH1RX2GRkwMewGoeIDgvXgQHLTETMpcK8gmiGLjO1Qt7J8Ar8OOB5XJ3AFsqkckvlBiHCvvWzqTpGIFiu2BZUTjXp47wyYyhx1kYGvvSPCJ+3OxHtokJese78GeJuDKaKTrfBcy1ENjm5W62n1oqn2B5FQak5+IRXmWJsVf0TTDH7yAlQ4UEY1KMBhVMjLe9dvSIgswBFrq0VIr7a2x1TyPUmjW+SmkoXfIrdodVreb2LiQsL4sQg+UElTSqOle+iwHN4LZh+m1iBh1jt+G/5/x7u6jW7f+ggOiTNjjIM4MOztB36bMCl1iBTVPybOU3qJuwGwcfMozNIzyk2ITg8FnjO+8B5cK8KWCTx0AWnt0dP6zmOUQkw/a5WdnUj5dPtYESV485DxQVVEiUp+JOERADXcWPREhp+FxfOAlLtPhpFHUFCjx6fb+qrhmTci7EN8Cn0QwuguL6p9a54/C6pWlphRejXrKd8lnvYu2u1GOp5gTTBg/Ye5wMoePjGja7mzuUI2kTMuby0/5uVMEJ5kmaau9hFnTJrSr71ezk7mPfUqoyZ9suHjjV2RA6koDNGNpu/5ya047tKGW2m/+jciDOtQ0viso5BzIUwxFGGFZ/7LueRXKRdsLcyR4cchW+NlC7z2JSZrk0B/HSdOVI6aD9acDxEJqwXyREPr5hcil42Y4L0ROw/Q1CvhfcJ2xl7As+WN/i4+0EyuShP2ObpH3lSbzTYfREP8CkJPgUIbLRy2Lf2nHHUXAyWd1l4At1kGMp4QYJG91g+0Jhag1IWPREoSODS8eTNQJAxT2Sfpo7tQTmvO+ADqqZWBfRq5RKjWk0LNv7jWUeAFQtH5Nb10C7nceS1uLeaZs34kHT4x0xsCmzBQ4dE5xl2UpfQJhZu4StoA3MaPbNa4mcPAdAgimR1Twrt/kSlASV2gGxXVlhWFMr1AXQPIG83cFiY/3qTuGfX3E8C16tbC4qQrKdStcGgAG1l/P3QWBBeAh8exWZdJ55L/A0CS382+SzE59m36eARZ9MrFCzgp0M8nR3FY6tf5km7a9bCBKmARfVmjvHr+OpZcj8fM0xo3eUAGuSLiL6TDi2yuBk3RdJzIFYMSJ0nyGSs3+XZcWDRGsOl3H1twSN+jFGiE3RreBztKj1HVHnvaa5p5xD+JrYXmDjbWph1abbpAEg8Uv57m/07dOSKwgKZKv+iYeGCqjwU01UwLZwvzs/+JZHuWYM97mPaGpv0iiVs6WlknBV15YD4QRro79ItaYxhY+QlVjhd2nOPo36PK9OxRHylpc6tr/fdpC6hOk5+JgL1vk6T5NTA7Bnk1oM3zWBFLAZjhLwibznH1sseSz27knf3+TzJeBstpSYRF7P7EEQpJeJiisrfbQKnhDMMfMjwZdRGZGobFteTYrekzqGeJFmN8Dryrrgg4LM7fcocomoNl2j1pWb9sOya/+/5pTiY6CyFdsDwjdh8SDQL8KbdVGFtcQDZhm2YO0sttDPduumfB9FigE+/lm630XCp7rKN5KRfj/Wpk1AR0O3iBPG//NZHfJILeQNUkjakbugA7wZ1+9zXeFBeWXxKI8x5aqMLJRcSg5gk/lTuVf83rNDJ+8OtlumKKHhFwUNMq9gN36zBYV8nkrlSV4DREQsB6ETdNKf/8XHMgcHkAI98HkM5LBltUfIytUmYQ97MH8vav99EVRxyeSE3FvQhtaR1d+q/JCoGIYfW+oRSyH6pMkVt2ZeXAcAHYu/t549BE9sufSQOihOzJ2iXYxqCi6OOfn5FOC4sjFIkgrdZPN/v9yo62+o1pyyJpFsK/IK+CcKsgIGC0FGNYuGuWMPMHwct6R82x6/Ex3GSKNruboo041NTdHcdt0huWA+PnKcKtK66f6mrOjPcNiFgZfofsWQug0btkDT235o2R272Gy7EMgQ+9rww0LFq7fE+DJ3VXPIpKL1AZikAVUsj7jZCDkPG6tWllIu4dJOCj93g7PGdSdWJmabj0WD2VDE2VNTSgIAO/yhE3V41NUt1YpfiXH3+kfUlRH5JCA9pSHXZuUHns71m27IK2XFG5PriKAAdBSH+4wDzVv054l2Qkc8QUyV7xshyzQxyj5tLn6VgnluxcmAVUBcz/MMvoJN4NR4rgq8hxTO2JEqTFCnNfG7j/R70a5RaKgr4euPLMzMrtkze1UJJuPE6ItzLcHc8Y5VWANqEs0gBjI+26FVB7Q543TT4JsOxzS4U7HOCxeWFfebXMP+dLrKDSSHwrmgXw9Vkyw512NYSD7Qx9sFN1tndrY7hvxAeaGUjaFGbPl2ETdvRdgM7HP0t2ESGy9z4lj9m4oekHBP/PVZWvkyZxvX+ptwSzQhSaGMpYknL1XWfBEZXn+JOkb3CQyzSDsb5YwkH1ZVib9OyPjXgggm+8ZQ9sCo2bPkERt3QqTyASdb5QotQRv02RQj2Im9CeVBQnV3+JgAuTK3h2ApV80cNsy25dGk+58A3uwkPoPx85LVByrrSZORItM8Q9dpgZpf92xrSADl8pfpNrCtQb7xYupOSI938dlMtzPgg94HquGVrHryeYTdBXnlXez/neCqErD77y501fGiKWk1gRxpMiwu15Rn6dtVZ+F3KxjtRd4+Oc5lckShHK2xbsr2J1z1r/9oIguI9DOY2zDabkOqUldsW7zp6IIBFLvIhgFUg+7R0txo7qOM2q5dSgRzBQDXmlMnCqaArMzxCHSvvAoyU5mGaVSh+t78WFoPZoN9AUE+RD2dll4UoAzwN6z4Y1x3LFSllwMzfNVo9J4GMlIRi3+xKOJ7bPKR+mlBb+/4k5AI2F6j1TpSZV4RbM7lq0UNL+dOuRmPrZ0FB0K1qMPVjEmy1firGPAzfTmRk2m/rlwAUyOeFVG2/roGVfQAXNErJx6vtbfJIaqIlYVxrIzwg6PAfsSYLRuLtZOgt4KhsWz8mudVKLg0xn3QBhSxn+ewGDCXsp25kZGGAGCIiasJa+X1mYvMMEZueU2VKIAb0E6s/VV4tOq5STl76j4pz2LS0zMPpZ87h85lYYC32wbV1yN9da4y3LKXKt8pLZgY01l5YMG02CMnL8GS3BTEvhJMJJG30k3Akw8erpijsOTAnh+Swhz5/y8VUD9u2vhHekMTodQETPzdfyUPvdpCuQBSeQ+gPVjNx5wIJfcXfqySPlmCE5jSBN3+C7MSxaqZ51zvDWlkf1gWDNmPUy+mgsfNR6Pr37wYAdwlicoxFp09fYL5iuznFfYNLV8Mf4oYpuLU0SyyRERh72ZYcyxaJwN4bCGBE48k3MqBWM0D7/iXhpyLYZ7hCYTpks9AX7+iCPicpSj3zNjvFceN2oWJgOmBtTX/DPLeC8UgbNqEXW4IDIJTHsALUAMfLI8FOFDJnR5gFI9wcqHt5ZzTUteq1qvNevCnTHXOVcjIYbfVpWzSu7LK4iCUVA84RW3WP7/pGqKrverCxwmJRYZIaNjwspSfFDWTYUrtk44hmxzPffPZdNpg2FCUiBuDWzrGFcpnZkqBvOSZvCA47ngguB2SIYy6T8GiOpKRuPrD0PnbOfbOBrVpTa5LJ2mQbPk/8lPxXmeYDaJ1OYwsMfqONwAKReynpCGZrYXQkyBwT7JCTErkd9BqC1O/e/hRf+VfJPU04tmtt1QWkIZpnnxieIsj6idTcSG4fjywL4pTK/06lDxhvraRcexdbAm2ZJglJ9Lskdbz8amWYk0RrGCdxmagaVNmlVX+NmJAxu1Fg562OOrG/HHyNpPY2OqtJGc4Ls0NA8LbZimetohnRQs1RLfC81p+LqUoHitRX39zcUXs4InUCjkGivOIDn8HRyaJl3B8BqlotdfQcRS7X4uPiNSE1Ru5Y+TL7y21LbTlTR4Kiif8dyvu06us6YDcI5wFyM+y0/h5k89PuhuFFnI9Ny663wvuVSHhg2KLhfBsMOwq+qG5NZzRQ8T0GfhWuDbQXTvSgW5JALnSmnRbXwBErnS6F7ltix3KZS1Noq6KfII1ThnM5r1dJfWfjUAzlUlsx4wQpBcAdZYqDfmgnHWtdYFgoRwOsUaNkInT4hJVED3uxmTfJe88iqXYSyruP+IyxU3t2UlckDtRL9jliCk/l+9W98slht36xXA0JE1S30/65l1bUJAMqePEymuzc5VRZ7FStV+S+A0YoDei3yVJFTRPH6GsZw4WshF/gb89NQQLG+q9lUiutPf1UT6D8MHEIqP1PFqxYMZdjFJkXuCxWacNqQpzmw8QnNb8TyS65OTOXkjD3IHELb94UHVNN1qdIKxRUWpi5RGzUK9ti5v6VLCsIT+c1dMXpTa2NTWdU7ui+/zm38jr4WkoBP6Ae7SfOIfYsr7N6jm/2HeSClDtznxizyuZ4PVlGUnf/yo3dYPYq5LbQ3DL9Suz/nfzNjVLV4Kl25KV8QLEUj1n+G6vQpS76w6JWim0Oak7mOiCtyuK6CD+z3P7WkxacR9FT0vDBMIrgs+XtfNFwEqO4fOZkZiUBQCNbQ0E6K8K7/+mAsR5BxdW9YJ5u8VL65sBjpA5Ahm6WHvqBEquMdl6D2CsJy8g9LDh1pwG/w97nFjN3zUqnj475bf+MYFb7QpDzrRoU9/ctzO9EIfo7gl+jc7JcdYWpw9X9mO78o5q3u5JXCLMCJ1xLYML1ovzALnRT5CvSBV6oTFk73KJ5Y7a2eMtOeGQYn5rvUecaEqJGYT8oeodlc1HLwi845kPgGECo1RknFViUL3DV2nXY1Sb3c/lvYvAwFP54vmJXJt2X3G2F1h4eHGongvQDvVcfbxKZcmrmGQ6DuLGcmwwgq6BENGq/jwNHjTwAXHhtROCt6jV46rIIzMb9wwC1ep4wHW+yuLUaWqPa11ZSmIhCL+w7UjJ3ZGFT3e7DUS5o6lIVND7MfQWPsl5Dz+FqjToE5d7NRGdIYrgvLxoEuVUoappsvbq2JdzNmjyULVANcfVul8V9VtlOhEkem1/0ZdFxnjUy3bD/6VESKjHenQpK2NiHnMZl/L5pKMoxB53szm0G8aprDsroMsIGZ59jek44IDlJJCgK5yYExtJga7mQmroIL8IavtEGNtX+wZ8c/sQbkd68Rl6MSt93TcQKrm8CU8m+9dc1PVo5bWU4HhG8Pq4F99pcUJs8hZc1PzWgWgi4hVJkvCw/Cr9rJQhJvi8tAP5fCbgLc0Un7iWIvD34Xtmkq0Bh7I0bPbqVC7wJVtvw4qJaKdvvK/NVYLOswp6Z5FP9ihhQgGKpwYQvgGwPE9y2y0JKe884kR0qfPaHLF8w2Oj+Lbys0BaWS5yrQLNGj+hgy0+Mqfm7SEL9j5jJ4pLvMpix1xhSODGaKSxjUeR5tpdqcsy5ITUQxTRosFYqi4auGAp2kQ/1/fhBpSL+bDNuEoOkSA4zIzKkCPgDU3zadf1RQH/Tr+3ZWJF9ydgi0S6HAkccEZG14kjKhxOvtK6N9bfSphySqna9ka++wmh1SfuRilqqDWitUSddexjBDEB/SUWj/+1QZzJLXUddpclOhNUKS5pmUGHgje/Lpkh4QDraxNg2P7yKyKjHGn7rLznZuBOLD+4Fc/+vnSkwM7ILDxTWZobZyWiyU1bON0GM+kaWOIJ14y7HfPdvE1ARPJw1dSwrz6npX/xH+TZ5g3ni8sDsa4edgAjANDgJM9fpRressTZdZlquPu9PpZNGButtt2uXfttkExLmiG8ZaZ4/cIfCPvCD6eRGaBPI6khWKJfTL5wawYpiQK/e+u+7GkaRmHY8Pkgjls6f5fGE9v4IX8BLjkcavxnseZWCLOXoMR3gZbE9TzU97ecOqmYmT48CGUCWTUy2FS4A3rfB1y/UJ5FgneNLAh808FtHosbmBgCcDJhWLHQp+XNQB8KwfFE+JGfL0f6olpAU34QlRl0tjAbqPiQYHIKBILMIuDp/05BMA+1KumWYtakyUa1p4lsybxfwkfnBW7ytHAQD38iCYoTOmPpj2tMXUC6ntBpxVBufMOAoU8v3s4XGPkTqBJJ8AI+bxfpJkH47omSPdFoFQc4V3bPeoyMiaG8hSqYLJ5efpOqSGurNClF7Xf4D8CVbMUpzAYFRmtZ7rW6fDJs7FALuNm5bqTDIIOcAGUrV048VvXP8KTc43brC+x124NAZ4ySPeOzID8ISFin1GkxqmuKMucRiw5v+RHC/+yw/pts=" /></div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['aspnetForm'];
$(function(){$('.item').hover(function(){$(this).find('.icon').stop(true,true).slideDown(311);},function(){$(this).find('.clear').stop(true,true).slideUp(225);});});
function getCont57(id,n){var o=document.getElementById(id);if(!o){return false;}for(var i=0;i<n;i++){var t=o.getElementsByTagName('li')[i];if(t){t.className=i==3?'side':'';}}return true;}
function hideActive30(id,n){var o=document.getElementById(id);if(!o){return false;}for(var i=0;i<n;i++){var t=o.getElementsByTagName('li')[i];if(t){t.className=i==4?'link':'';}}return true;}
$(function(){$('.wrap').hover(function(){$(this).find('.hd').stop(true,true).slideDown(347);},function(){$(this).find('.top').stop(true,true).slideUp(281);});});
$(function(){$('.info').hover(function(){$(this).find('.menu').stop(true,true).slideDown(167);},function(){$(this).find('.info').stop(true,true).slideUp(225);});});
setTimeout(function(){try{toggleFoot18('menu');}catch(ex){}},2754);
function getMore45(id,n){var o=document.getElementById(id);if(!o){return false;}for(var i=0;i<n;i++){var t=o.getElementsByTagName('li')[i];if(t){t.className=i==3?'menu':'';}}return true;}
$(function(){$('.fw').hover(function(){$(this).find('.gk').stop(true,true).slideDown(232);},function(){$(this).find('.top').stop(true,true).slideUp(299);});});
var resizeTxt82=function(e){e=e||window.event;var t=e.target||e.srcElement;if(t.nodeName.toLowerCase()==='a'){t.style.color='#297606';}};
setTimeout(function(){try{initHd40('news');}catch(ex){}},2067);
function resizeLeft19(name){var a=document.cookie.match(new RegExp('(^| )'+name+'=([^;]*)(;|$)'));return a?decodeURIComponent(a[2]):null;}
var setHead92=function(e){e=e||window.event;var t=e.target||e.srcElement;if(t.nodeName.toLowerCase()==='a'){t.style.color='#de310a';}};
function resizeFoot45(id,n){var o=document.getElementById(id);if(!o){return false;}for(var i=0;i<n;i++){var t=o.getElementsByTagName('li')[i];if(t){t.className=i==3?'pic':'';}}return true;}
$(function(){$('.foot').hover(function(){$(this).find('.list').stop(true,true).slideDown(339);},function(){$(this).find('.page').stop(true,true).slideUp(258);});});
//]]>
</script>
<div><input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="rrvR8pgHQPAm4EKfXd4AJ9m5Ki8trvnUPjDwbCyIX4QLKSntenT/gBmY/sIf2YDkspFGa2uVxYFbixEvglgTqTKWUtX/lDAT1D2+4A9IdN12Qm62b1NceojjEr/ASfx8JvDOXhZDahlN7+OdNYCCgHk3iI1+QTgAaPqzNluv7CFdk+SEwwMg2Q+hRvoJdBIWAdQN9oAq692QY5dL45DJIartN4oG9YpGtETPtkjk1aZS/g6G" /></div>
<table width="980" align="center" border="0" cellspacing="0"><tr><td colspan="2"><img src="/images/banner2010.jpg" width="980" height="150" /></td></tr>
<tr><td colspan="2"><table id="ctl00_Menu1" class="menu"><tr><td class="ctl00_Menu1_0"><a class="ctl00_Menu1_1" href="/List.aspx?cid=200">首 页</a></td><td class="ctl00_Menu1_1"><a class="ctl00_Menu1_1" href="/List.aspx?cid=201">枫汀概况</a></td><td class="ctl00_Menu1_2"><a class="ctl00_Menu1_1" href="/List.aspx?cid=202">政务公开</a></td><td class="ctl00_Menu1_3"><a class="ctl00_Menu1_1" href="/List.aspx?cid=203">网上办事</a></td><td class="ctl00_Menu1_4"><a class="ctl00_Menu1_1" href="/List.aspx?cid=204">公众互动</a></td><td class="ctl00_Menu1_5"><a class="ctl00_Menu1_1" href="/List.aspx?cid=205">招商引资</a></td><td class="ctl00_Menu1_6"><a class="ctl00_Menu1_1" href="/List.aspx?cid=206">旅游观光</a></td><td class="ctl00_Menu1_7"><a class="ctl00_Menu1_1" href="/List.aspx?cid=207">枫汀论坛</a></td></tr></table></td></tr>
<tr><td colspan="2" height="25">今天是：2011年3月9日 星期三 农历二月初五&nbsp;&nbsp;站内搜索：<input name="ctl00$txtKey" type="text" id="ctl00_txtKey" /><input type="submit" name="ctl00$btnSearch" value="搜 索" /></td></tr>
<tr><td width="210" valign="top"><table width="100%"><tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl00_HyperLink1" href="/List.aspx?cid=300">民意征集</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl01_HyperLink1" href="/List.aspx?cid=301">信息公开制度</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl02_HyperLink1" href="/List.aspx?cid=302">人事任免</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl03_HyperLink1" href="/List.aspx?cid=303">县长信箱</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl04_HyperLink1" href="/List.aspx?cid=304">在线访谈</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl05_HyperLink1" href="/List.aspx?cid=305">数据发布</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl06_HyperLink1" href="/List.aspx?cid=306">旅游景点</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl07_HyperLink1" href="/List.aspx?cid=307">部门动态</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl08_HyperLink1" href="/List.aspx?cid=308">特色产品</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl09_HyperLink1" href="/List.aspx?cid=309">创新创业</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl10_HyperLink1" href="/List.aspx?cid=310">行政许可</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl11_HyperLink1" href="/List.aspx?cid=311">依申请公开</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl12_HyperLink1" href="/List.aspx?cid=312">个人办事</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl13_HyperLink1" href="/List.aspx?cid=313">市场监管</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl14_HyperLink1" href="/List.aspx?cid=314">行政处罚</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl15_HyperLink1" href="/List.aspx?cid=315">巡视整改</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl16_HyperLink1" href="/List.aspx?cid=316">国有企业</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl17_HyperLink1" href="/List.aspx?cid=317">乡村振兴</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl18_HyperLink1" href="/List.aspx?cid=318">机构职能</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl19_HyperLink1" href="/List.aspx?cid=319">阳光政务</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl20_HyperLink1" href="/List.aspx?cid=320">新闻中心</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl21_HyperLink1" href="/List.aspx?cid=321">食品药品监管</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl22_HyperLink1" href="/List.aspx?cid=322">就业创业</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl23_HyperLink1" href="/List.aspx?cid=323">社保医保</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl24_HyperLink1" href="/List.aspx?cid=324">权责清单</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl25_HyperLink1" href="/List.aspx?cid=325">政府公报</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl26_HyperLink1" href="/List.aspx?cid=326">政务新媒体</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl27_HyperLink1" href="/List.aspx?cid=327">长者模式</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl28_HyperLink1" href="/List.aspx?cid=328">风土人情</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl29_HyperLink1" href="/List.aspx?cid=329">交通出行</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl30_HyperLink1" href="/List.aspx?cid=330">企业开办</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl31_HyperLink1" href="/List.aspx?cid=331">惠民政策</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl32_HyperLink1" href="/List.aspx?cid=332">园区建设</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl33_HyperLink1" href="/List.aspx?cid=333">招商引资</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl34_HyperLink1" href="/List.aspx?cid=334">扫黑除恶</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl35_HyperLink1" href="/List.aspx?cid=335">法人办事</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl36_HyperLink1" href="/List.aspx?cid=336">政务服务</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl37_HyperLink1" href="/List.aspx?cid=337">统计信息</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl38_HyperLink1" href="/List.aspx?cid=338">乡镇动态</a></td></tr>
<tr><td height="28" background="/images/left_bg.jpg">&nbsp;<img src="/images/dot.gif" />&nbsp;<a id="ctl00_rpt_ctl39_HyperLink1" href="/List.aspx?cid=339">义务教育</a></td></tr>
</table></td><td valign="top">
<div class="pos">您的位置：首页 → 政务公开 → 政府工作报告 → 查看信息</div>
<table id="ctl00_ContentPlaceHolder1_FormView1" cellspacing="0" border="0" style="border-collapse:collapse;"><tr><td colspan="2">
<table width="100%" border="1" class="gk">
<tr><td>索引号：<span id="ctl00_ContentPlaceHolder1_FormView1_Label1">FT000-0201-2011-0003</span></td><td>信息类别：<span id="ctl00_ContentPlaceHolder1_FormView1_Label2">工作报告</span></td></tr>
<tr><td>发布机构：<span id="ctl00_ContentPlaceHolder1_FormView1_Label3">枫汀区人民政府</span></td><td>生成日期：<span id="ctl00_ContentPlaceHolder1_FormView1_Label4">2011-01-20</span></td></tr>
<tr><td>文号：<span id="ctl00_ContentPlaceHolder1_FormView1_Label5">枫政〔2011〕3号</span></td><td>信息状态：<span id="ctl00_ContentPlaceHolder1_FormView1_Label6">正常</span></td></tr>
<tr><td colspan="2">信息名称：<span id="ctl00_ContentPlaceHolder1_FormView1_Label7">枫汀区人民政府关于2010年度推进依法行政工作情况的报告</span></td></tr></table>
<h3 align="center"><span id="ctl00_ContentPlaceHolder1_FormView1_Label8">枫汀区人民政府关于2010年度推进依法行政工作情况的报告</span></h3><div align="center" class="gray">发布时间：<span id="ctl00_ContentPlaceHolder1_FormView1_Label9">2011-1-26 14:33:07</span>&nbsp;&nbsp;发布人：<span id="ctl00_ContentPlaceHolder1_FormView1_Label10">admin</span>&nbsp;&nbsp;浏览：<span id="ctl00_ContentPlaceHolder1_FormView1_Label11">517</span>次</div><hr size="1" />
<div id="ctl00_ContentPlaceHolder1_FormView1_Panel1" class="nr">
<p class="MsoNormal" style="line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">市人民政府：</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">2010年，我区认真贯彻国务院《关于加强法治政府建设的意见》，按照市政府统一部署，紧紧围绕“保增长、调结构、惠民生”中心任务，扎实推进依法行政各项工作。现将有关情况报告如下：</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">一、加强领导，健全推进依法行政工作机制</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">区政府成立了以区长为组长的推进依法行政工作领导小组，全年召开领导小组会议3次，常务会议专题学法5次。出台《枫汀区2010年依法行政考核办法》，将依法行政纳入部门年度目标考核，考核分值由3分提高到6分。全区16个执法部门、9个镇街全部设立法制机构或者配备专职法制员，共有法制工作人员47名。</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">二、科学民主，完善行政决策机制</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">坚持重大事项集体讨论、专家咨询、社会公示与听证制度。全年就旧城改造、公交线路调整、自来水价格等事项召开听证会4次、座谈会11次，收集意见263条，采纳118条。区政府法律顾问组参与重大项目谈判9次，审查合同54份，避免经济损失约2300万元。</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">三、规范制定，强化文件监督管理</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">严格执行规范性文件前置审查制度，全年审查区政府文件草案32件，向市政府报备10件，报备率100%。对建区以来的421件文件进行了清理，保留267件，修改38件，废止116件，清理结果已向社会公布。</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">四、改进方式，规范行政执法行为</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">在全区推行行政处罚自由裁量权基准制度，18个部门完成裁量标准细化，涉及处罚事项1764项。组织执法人员法律知识更新培训6期，参训1120人，考试合格率96.8%。开展行政执法案卷评查，抽查案卷180卷，评出优秀案卷36卷，不合格案卷5卷，对3个部门下达了限期整改通知书。</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">五、畅通渠道，妥善化解行政争议</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">全年收到行政复议申请19件，受理17件，审结16件，其中维持9件、撤销2件、调解和终止5件。区政府及其部门行政应诉案件13件，胜诉11件，行政首长出庭应诉4件。排查化解各类矛盾纠纷1682起，化解率95.4%。</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">六、公开透明，自觉接受各方监督</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">通过政府网站、公报和查阅点主动公开政府信息3846条，受理公开申请14件，按时答复14件。办理区人大代表建议78件、区政协委员提案95件，办结率100%，满意率97.7%。</span></p>
<p class="MsoNormal" style="text-indent:28.0pt;line-height:150%"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">2010年我区依法行政工作虽然取得一定成绩，但与上级要求相比仍有差距，主要是部分执法人员素质不高、执法经费保障不足、镇街执法主体地位不明确。2011年，我区将着力抓好行政执法人员持证上岗、行政审批提速和政府信息公开三项重点工作，年底前将审批事项平均办理时间再缩短20%。</span></p>
<p class="MsoNormal" style="text-align:right;line-height:150%" align="right"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">枫汀区人民政府</span></p>
<p class="MsoNormal" style="text-align:right;line-height:150%" align="right"><span style="font-size:14.0pt;line-height:150%;font-family:宋体">二〇一一年一月二十日</span></p>
</div>
<div align="right"><a href="javascript:window.print()">[打印本页]</a>&nbsp;<a href="javascript:window.close()">[关闭窗口]</a>&nbsp;<a id="ctl00_fav" href="javascript:__doPostBack('ctl00$fav','')">[加入收藏]</a></div>
<div>评论：<textarea name="ctl00$txtCmt" rows="4" cols="60"></textarea><input type="submit" name="ctl00$btnCmt" value="发表评论" />网友评论仅供其表达个人看法，并不表明本站同意其观点。</div></td></tr></table>
<table width="100%"><tr><td colspan="2"><b>热点信息</b></td></tr><tr><td><a id="ctl00_hot_ctl00_lnk" title="枫汀区工业和信息化局慰问困难群众" href="ShowInfo.aspx?id=8620&amp;cid=201">枫汀区工业和信息化局慰问困难群众</a></td><td align="right">2011-5-12</td></tr>
<tr><td><a id="ctl00_hot_ctl01_lnk" title="枫汀区乡村振兴局慰问困难群众" href="ShowInfo.aspx?id=7194&amp;cid=201">枫汀区乡村振兴局慰问困难群众</a></td><td align="right">2011-10-28</td></tr>
<tr><td><a id="ctl00_hot_ctl02_lnk" title="黄泥镇慰问困难群众" href="ShowInfo.aspx?id=7394&amp;cid=201">黄泥镇慰问困难群众</a></td><td align="right">2011-6-12</td></tr>
<tr><td><a id="ctl00_hot_ctl03_lnk" title="云汀镇慰问困难群众" href="ShowInfo.aspx?id=8746&amp;cid=201">云汀镇慰问困难群众</a></td><td align="right">2010-2-23</td></tr>
<tr><td><a id="ctl00_hot_ctl04_lnk" title="枫汀区工业和信息化局举办就业招聘会" href="ShowInfo.aspx?id=7285&amp;cid=201">枫汀区工业和信息化局举办就业招聘会</a></td><td align="right">2010-1-10</td></tr>
<tr><td><a id="ctl00_hot_ctl05_lnk" title="枫汀区水利局公示第三季度水质监测结果" href="ShowInfo.aspx?id=8070&amp;cid=201">枫汀区水利局公示第三季度水质监测结果</a></td><td align="right">2010-2-7</td></tr>
<tr><td><a id="ctl00_hot_ctl06_lnk" title="黄泥镇推进高标准农田建设" href="ShowInfo.aspx?id=7279&amp;cid=201">黄泥镇推进高标准农田建设</a></td><td align="right">2011-3-15</td></tr>
<tr><td><a id="ctl00_hot_ctl07_lnk" title="枫汀区退役军人事务局举办就业招聘会" href="ShowInfo.aspx?id=8615&amp;cid=201">枫汀区退役军人事务局举办就业招聘会</a></td><td align="right">2010-1-26</td></tr>
<tr><td><a id="ctl00_hot_ctl08_lnk" title="黄泥镇举行义务植树活动" href="ShowInfo.aspx?id=8578&amp;cid=201">黄泥镇举行义务植树活动</a></td><td align="right">2010-8-5</td></tr>
<tr><td><a id="ctl00_hot_ctl09_lnk" title="枫汀区教育体育局公示第三季度水质监测结果" href="ShowInfo.aspx?id=7184&amp;cid=201">枫汀区教育体育局公示第三季度水质监测</a></td><td align="right">2010-1-26</td></tr>
<tr><td><a id="ctl00_hot_ctl10_lnk" title="石桥镇通报作风建设情况" href="ShowInfo.aspx?id=8158&amp;cid=201">石桥镇通报作风建设情况</a></td><td align="right">2010-2-22</td></tr>
<tr><td><a id="ctl00_hot_ctl11_lnk" title="南沟镇召开专题会议部署近期重点工作" href="ShowInfo.aspx?id=7882&amp;cid=201">南沟镇召开专题会议部署近期重点工作</a></td><td align="right">2011-12-27</td></tr>
<tr><td><a id="ctl00_hot_ctl12_lnk" title="石桥镇开展防汛应急演练" href="ShowInfo.aspx?id=7817&amp;cid=201">石桥镇开展防汛应急演练</a></td><td align="right">2010-3-26</td></tr>
<tr><td><a id="ctl00_hot_ctl13_lnk" title="枫汀区水利局组织党员志愿者清理河道垃圾" href="ShowInfo.aspx?id=7225&amp;cid=201">枫汀区水利局组织党员志愿者清理河道垃</a></td><td align="right">2010-4-26</td></tr>
<tr><td><a id="ctl00_hot_ctl14_lnk" title="松涧镇公布学区划分方案" href="ShowInfo.aspx?id=8102&amp;cid=201">松涧镇公布学区划分方案</a></td><td align="right">2011-4-28</td></tr>
<tr><td><a id="ctl00_hot_ctl15_lnk" title="大河口镇开展防汛应急演练" href="ShowInfo.aspx?id=8408&amp;cid=201">大河口镇开展防汛应急演练</a></td><td align="right">2010-6-15</td></tr>
<tr><td><a id="ctl00_hot_ctl16_lnk" title="竹坝乡举行义务植树活动" href="ShowInfo.aspx?id=8611&amp;cid=201">竹坝乡举行义务植树活动</a></td><td align="right">2011-6-5</td></tr>
<tr><td><a id="ctl00_hot_ctl17_lnk" title="枫汀区人力资源和社会保障局公布学区划分方案" href="ShowInfo.aspx?id=7405&amp;cid=201">枫汀区人力资源和社会保障局公布学区划</a></td><td align="right">2011-6-23</td></tr>
<tr><td><a id="ctl00_hot_ctl18_lnk" title="枫汀区住房和城乡建设局发布高温橙色预警" href="ShowInfo.aspx?id=8150&amp;cid=201">枫汀区住房和城乡建设局发布高温橙色预</a></td><td align="right">2011-11-17</td></tr>
<tr><td><a id="ctl00_hot_ctl19_lnk" title="白鹭镇通报作风建设情况" href="ShowInfo.aspx?id=8282&amp;cid=201">白鹭镇通报作风建设情况</a></td><td align="right">2010-4-27</td></tr>
<tr><td><a id="ctl00_hot_ctl20_lnk" title="枫汀区公安局公布学区划分方案" href="ShowInfo.aspx?id=7554&amp;cid=201">枫汀区公安局公布学区划分方案</a></td><td align="right">2011-4-27</td></tr>
<tr><td><a id="ctl00_hot_ctl21_lnk" title="上湾镇慰问困难群众" href="ShowInfo.aspx?id=8009&amp;cid=201">上湾镇慰问困难群众</a></td><td align="right">2011-4-8</td></tr>
<tr><td><a id="ctl00_hot_ctl22_lnk" title="枫汀区城市管理局开展消防知识进校园活动" href="ShowInfo.aspx?id=7732&amp;cid=201">枫汀区城市管理局开展消防知识进校园活</a></td><td align="right">2011-9-2</td></tr>
<tr><td><a id="ctl00_hot_ctl23_lnk" title="枫汀区医疗保障局组织党员志愿者清理河道垃圾" href="ShowInfo.aspx?id=8662&amp;cid=201">枫汀区医疗保障局组织党员志愿者清理河</a></td><td align="right">2011-12-28</td></tr>
</table></td></tr></table>
<div align="center"><select name="ctl00$ddl" onchange="javascript:window.open(this.value)"><option>==友情链接==</option><option value="http://www.page.test">北京</option><option value="http://www.bar.test">天津</option><option value="http://www.list.test">河北</option><option value="http://www.side.test">山西</option><option value="http://www.news.test">内蒙古</option><option value="http://www.tit.test">辽宁</option><option value="http://www.tab.test">吉林</option><option value="http://www.gk.test">黑龙江</option><option value="http://www.bd.test">上海</option><option value="http://www.fw.test">江苏</option><option value="http://www.hd.test">浙江</option><option value="http://www.bar.test">安徽</option><option value="http://www.gk.test">福建</option><option value="http://www.date.test">江西</option><option value="http://www.logo.test">山东</option><option value="http://www.box.test">河南</option><option value="http://www.wrap.test">湖北</option><option value="http://www.gk.test">湖南</option><option value="http://www.left.test">广东</option><option value="http://www.left.test">广西</option><option value="http://www.txt.test">海南</option><option value="http://www.icon.test">重庆</option><option value="http://www.cur.test">四川</option><option value="http://www.bd.test">贵州</option><option value="http://www.bar.test">云南</option><option value="http://www.cont.test">西藏</option><option value="http://www.more.test">陕西</option><option value="http://www.page.test">甘肃</option><option value="http://www.item.test">青海</option><option value="http://www.info.test">宁夏</option><option value="http://www.gk.test">新疆</option><option value="http://www.item.test">香港</option><option value="http://www.tit.test">澳门</option><option value="http://www.top.test">政府办公室</option><option value="http://www.list.test">发展和改革局</option><option value="http://www.list.test">教育体育局</option><option value="http://www.icon.test">科学技术局</option><option value="http://www.fw.test">工业和信息化局</option><option value="http://www.menu.test">公安局</option><option value="http://www.more.test">民政局</option><option value="http://www.left.test">司法局</option><option value="http://www.search.test">财政局</option><option value="http://www.bar.test">人力资源和社会保障局</option><option value="http://www.hover.test">自然资源局</option><option value="http://www.box.test">生态环境分局</option><option value="http://www.top.test">住房和城乡建设局</option><option value="http://www.zt.test">交通运输局</option><option value="http://www.xw.test">水利局</option><option value="http://www.info.test">农业农村局</option><option value="http://www.hover.test">商务局</option><option value="http://www.box.test">文化和旅游局</option><option value="http://www.top.test">卫生健康局</option><option value="http://www.info.test">退役军人事务局</option><option value="http://www.fw.test">应急管理局</option><option value="http://www.bd.test">审计局</option><option value="http://www.txt.test">市场监督管理局</option><option value="http://www.more.test">统计局</option><option value="http://www.main.test">医疗保障局</option><option value="http://www.tit.test">信访局</option><option value="http://www.link.test">林业局</option><option value="http://www.hd.test">城市管理局</option><option value="http://www.clear.test">行政审批局</option><option value="http://www.tab.test">乡村振兴局</option></select><br />Copyright 2008-2011 枫汀区人民政府 All Rights Reserved<br />技术支持：枫汀区信息化工作办公室</div>
</form></body></html>

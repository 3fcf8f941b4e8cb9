import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.scrape.addresses import (
    check_address,
    host_of,
    is_allowed,
    is_government,
    key_of,
    registered,
    short_key,
)

PAGE = "yunling.gov.cn/zwgk/t1.html"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html", PAGE, id="plain"),
        pytest.param("https://www.yunling.gov.cn/zwgk/t1.html", PAGE, id="the scheme says nothing"),
        pytest.param("http://yunling.gov.cn/zwgk/t1.html", PAGE, id="without www."),
        pytest.param("http://WWW.YunLing.gov.CN./zwgk/t1.html", PAGE, id="host in capitals, with the root's dot"),
        pytest.param("http://www.yunling.gov.cn:80/zwgk/t1.html", PAGE, id="port of http"),
        pytest.param("https://www.yunling.gov.cn:443/zwgk/t1.html", PAGE, id="port of https"),
        pytest.param("http://user:word@www.yunling.gov.cn/zwgk/t1.html", PAGE, id="names and passwords"),
        pytest.param("www.yunling.gov.cn/zwgk/t1.html", PAGE, id="typed without a scheme"),
        pytest.param("//www.yunling.gov.cn/zwgk/t1.html", PAGE, id="protocol-relative"),
        pytest.param(" http://www.yunling.gov.cn/zwgk/t1.html\n", PAGE, id="blanks around it"),
        pytest.param("http://www.yunling.gov.cn//zwgk///t1.html", PAGE, id="doubled slashes of Sichuan"),
        pytest.param("http://www.yunling.gov.cn/a/../zwgk/./t1.html", PAGE, id="dot segments"),
        pytest.param("http://www.yunling.gov.cn/../../zwgk/t1.html", PAGE, id="no dots lead out of the site"),
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html#top", PAGE, id="fragment"),
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html?", PAGE, id="empty query"),
        pytest.param("http://www.yunling.gov.cn/%7Awgk/t1%2Ehtml", PAGE, id="plain characters encoded"),
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html?xxgkhide=1", PAGE, id="the same article elsewhere"),
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html;jsessionid=AB12.node1", PAGE, id="session in the path"),
        pytest.param(
            "http://www.yunling.gov.cn/zwgk/t1.html?JSESSIONID=AB12&utm_source=a&UTM_medium=b&spm=1.2",
            PAGE,
            id="session and tracking",
        ),
        pytest.param(
            "http://www.yunling.gov.cn/zwgk/t1.html?from=singlemessage&isappinstalled=0", PAGE, id="shared in WeChat"
        ),
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html?_=1711600000000", PAGE, id="jQuery's cache key"),
        pytest.param(
            "http://www.yunling.gov.cn/zwgk/t1.html?t=1711600000&v=1711600000123&rand=0.8273645",
            PAGE,
            id="moments and fractions",
        ),
        pytest.param("http://www.yunling.gov.cn/zwgk/t1.html?r=0.82736451", PAGE, id="Math.random"),
        pytest.param("http://www.yunling.gov.cn", "yunling.gov.cn/", id="no path"),
        pytest.param("http://www.yunling.gov.cn/x/index.html", "yunling.gov.cn/x/", id="index of a folder"),
        pytest.param(
            "http://www.yunling.gov.cn/x/Index.shtml?page=2", "yunling.gov.cn/x/?page=2", id="index with a query"
        ),
        pytest.param("http://www.yunling.gov.cn/x/Default.aspx", "yunling.gov.cn/x/", id="index of IIS"),
        pytest.param("http://www.yunling.gov.cn/x/.", "yunling.gov.cn/x/", id="dot at the end"),
        pytest.param("http://www.yunling.gov.cn/x/y/..", "yunling.gov.cn/x/", id="two dots at the end"),
        pytest.param(
            "http://www.yunling.gov.cn/法治?年=二",
            "yunling.gov.cn/%E6%B3%95%E6%B2%BB?%E5%B9%B4=%E4%BA%8C",
            id="Chinese as UTF-8",
        ),
        pytest.param(
            "http://www.yunling.gov.cn/%b7%a8?a=%b7%a8",
            "yunling.gov.cn/%B7%A8?a=%B7%A8",
            id="bytes of GBK stay, in capitals",
        ),
        pytest.param(
            "http://www.yunling.gov.cn/a b?c=d+e&f=100%",
            "yunling.gov.cn/a%20b?c=d%20e&f=100%25",
            id="blanks and a lone %",
        ),
        pytest.param(
            "http://www.yunling.gov.cn/?b=2&a=1&b=1",
            "yunling.gov.cn/?a=1&b=2&b=1",
            id="names sorted, values of one name in order",
        ),
        pytest.param("http://云岭.政务.test/x", "xn--9kqv75a.xn--zfr164b.test/x", id="Chinese host"),
        pytest.param("http://[2001:DB8::1]:8080/x", "[2001:db8::1]:8080/x", id="IPv6 with a port"),
        pytest.param("http://127.0.0.1:8001/x", "127.0.0.1:8001/x", id="port that tells"),
        pytest.param("http://www.gov.cn/x", "gov.cn/x", id="the centre"),
        pytest.param("http://www.test/x", "www.test/x", id="www. that is the name"),
    ],
)
def test_a_page_has_one_key(url: str, key: str) -> None:
    assert key_of(url) == key
    assert key_of(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("http://a.gov.cn/list?page=1", "http://a.gov.cn/list?page=2", id="page"),
        pytest.param(
            "http://a.gov.cn/api?page=1&sid=799001",
            "http://a.gov.cn/api?page=1&sid=799002",
            id="sid is a site of gkmlpt",
        ),
        pytest.param(
            "http://a.gov.cn/s?t=zhengcelibrary", "http://a.gov.cn/s?t=zhengcelibrary_gw", id="t is a library"
        ),
        pytest.param("http://a.gov.cn/s?t=4", "http://a.gov.cn/s?t=6", id="t is a type"),
        pytest.param("http://a.gov.cn/s?v=12", "http://a.gov.cn/s?v=13", id="v is an id"),
        pytest.param("http://a.gov.cn/s?r=20240101", "http://a.gov.cn/s?r=20240102", id="r is a day"),
        pytest.param("http://a.gov.cn/s?from=2023-01-01", "http://a.gov.cn/s?from=2024-01-01", id="from is a day"),
        pytest.param("http://a.gov.cn/s?random=fzzf", "http://a.gov.cn/s?random=yfxz", id="random is a word"),
        pytest.param("http://a.gov.cn/x?p=1", "http://a.gov.cn/x?p=2", id="p"),
        pytest.param("http://a.gov.cn/?12", "http://a.gov.cn/?13", id="a query without names"),
        pytest.param(
            "http://a.gov.cn/x", "http://a.gov.cn/x/", id="folder and file: the server says by redirect if they are one"
        ),
        pytest.param("http://a.gov.cn/x/list.html", "http://a.gov.cn/x/", id="list is no index"),
        pytest.param("http://a.gov.cn/x/index_1.html", "http://a.gov.cn/x/", id="second page"),
        pytest.param("http://a.gov.cn/xindex.html", "http://a.gov.cn/", id="index as part of a name"),
        pytest.param("http://a.gov.cn/A.html", "http://a.gov.cn/a.html", id="capitals of a path"),
        pytest.param("http://a.gov.cn/a%2Fb", "http://a.gov.cn/a/b", id="an encoded slash is no slash"),
        pytest.param("http://a.gov.cn:8080/", "http://a.gov.cn/", id="another port"),
        pytest.param("http://sfj.a.gov.cn/", "http://a.gov.cn/", id="a department's host"),
        pytest.param(f"http://a.gov.cn/{'b' * 3000}?p=1", f"http://a.gov.cn/{'b' * 3000}?p=2", id="very long ones"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="nothing"),
        pytest.param("http://", id="no host"),
        pytest.param("http://[::1/x", id="half a bracket"),
        pytest.param("http://a.gov.cn:99999/", id="no port"),
        pytest.param("http://a.gov.cn:x/", id="letters for a port"),
        pytest.param("http://" + "云" * 70 + ".cn/", id="name too long for IDNA"),
        pytest.param("http://" + "a." * 125 + "gov.cn/", id="name too long for DNS"),
    ],
)
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(InputError, match="Expected the"):
        key_of(url)


@pytest.mark.parametrize(
    ("key", "short"),
    [
        pytest.param("a.gov.cn/" + "b" * 991, "a.gov.cn/" + "b" * 991, id="a thousand bytes stay"),
        pytest.param("a.gov.cn/" + "b" * 992, "a.gov.cn/" + "b" * 891 + "~", id="of one more the beginning"),
        pytest.param("云" * 500, "云" * 300 + "~", id="no half of a character"),
        pytest.param("附件\udce9" * 500, "附件" * 100, id="a name that is no text"),
    ],
)
def test_a_key_is_short_enough_for_an_index_and_readable_at_its_start(key: str, short: str) -> None:
    found = short_key(key)
    assert len(found.encode(errors="surrogatepass")) <= 1000
    assert found == short or found.startswith(short)
    assert short_key(found) == found


@given(st.text(alphabet="ab./%2eE;?&=_#:法 +", max_size=40))
def test_a_key_is_its_own_key(tail: str) -> None:
    key = key_of("http://a.gov.cn/" + tail)
    assert key_of(key) == key


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("http://WWW.yunling.gov.cn/x", "www.yunling.gov.cn", id="plain"),
        pytest.param("http://www.yunling.gov.cn:80/", "www.yunling.gov.cn", id="own port"),
        pytest.param("http://www.yunling.gov.cn:443/", "www.yunling.gov.cn:443", id="the other scheme's port"),
        pytest.param("https://www.yunling.gov.cn:8443/", "www.yunling.gov.cn:8443", id="another port"),
        pytest.param("http://[::1]:8001/", "[::1]:8001", id="IPv6"),
        pytest.param("http://云岭.test/", "xn--9kqv75a.test", id="Chinese"),
    ],
)
def test_a_host_carries_a_port_only_if_it_tells(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "name", "is_gov"),
    [
        pytest.param("www.yunling.gov.cn", "yunling.gov.cn", True, id="portal"),
        pytest.param("sfj.yunling.gov.cn", "yunling.gov.cn", True, id="department"),
        pytest.param("a.b.yunling.gov.cn:8080", "yunling.gov.cn", True, id="deep, with a port"),
        pytest.param("YUNLING.GOV.CN.", "yunling.gov.cn", True, id="capitals and a dot"),
        pytest.param("www.gov.cn", "gov.cn", True, id="the centre"),
        pytest.param("sousuo.www.gov.cn", "gov.cn", True, id="the centre's search"),
        pytest.param("gov.cn", "gov.cn", True, id="bare"),
        pytest.param("www.yunling.test", "yunling.test", False, id="elsewhere"),
        pytest.param("127.0.0.1:8001", "127.0.0.1:8001", False, id="address and port"),
        pytest.param("yunlinggov.cn", "yunlinggov.cn", False, id="looks alike"),
        pytest.param("www.gov.cn.example.com", "gov.cn.example.com", False, id="only begins alike"),
    ],
)
def test_the_owner_of_a_host_is_told(host: str, name: str, is_gov: bool) -> None:
    assert registered(host) == name
    assert is_government(host) is is_gov


@pytest.mark.parametrize(
    ("host", "allowed", "verdict"),
    [
        pytest.param("sfj.yunling.gov.cn", ["www.yunling.gov.cn"], True, id="department of the same county"),
        pytest.param("yunling.gov.cn:8080", ["www.yunling.gov.cn"], True, id="another port of the same county"),
        pytest.param("www.other.test", ["other.test"], True, id="named, but for www."),
        pytest.param("sfj.other.test", ["www.other.test"], False, id="outside gov.cn only the host itself"),
        pytest.param("qinghe.gov.cn", ["www.yunling.gov.cn"], False, id="another county"),
        pytest.param("yunling.gov.cn", ["www.gov.cn"], False, id="the centre allows no county"),
        pytest.param("127.0.0.1:8002", ["127.0.0.1:8001"], False, id="another server on this machine"),
        pytest.param("yunling.gov.cn", [], False, id="none"),
    ],
)
def test_only_named_hosts_are_allowed(host: str, allowed: list[str], verdict: bool) -> None:
    assert is_allowed(host, allowed) is verdict


@pytest.mark.parametrize(
    ("ip", "plain", "with_loopback"),
    [
        pytest.param("61.135.169.121", True, True, id="public"),
        pytest.param("2400:3200::1", True, True, id="public IPv6"),
        pytest.param("127.0.0.1", False, True, id="loopback"),
        pytest.param("127.8.9.1", False, True, id="all of loopback"),
        pytest.param("::1", False, True, id="loopback of IPv6"),
        pytest.param("::ffff:127.0.0.1", False, True, id="loopback mapped"),
        pytest.param("10.1.2.3", False, False, id="private"),
        pytest.param("172.16.0.1", False, False, id="private, second range"),
        pytest.param("192.168.1.1", False, False, id="private, third range"),
        pytest.param("169.254.169.254", False, False, id="link-local, where clouds tell secrets"),
        pytest.param("100.64.0.1", False, False, id="carrier's own"),
        pytest.param("0.0.0.0", False, False, id="nowhere, which Linux takes for itself"),
        pytest.param("255.255.255.255", False, False, id="broadcast"),
        pytest.param("224.0.0.1", False, False, id="multicast"),
        pytest.param("240.0.0.1", False, False, id="reserved"),
        pytest.param("::", False, False, id="nowhere of IPv6"),
        pytest.param("fe80::1%eth0", False, False, id="link-local with its interface"),
        pytest.param("fd00::1", False, False, id="private IPv6"),
        pytest.param("fec0::1", False, False, id="site-local"),
        pytest.param("ff0e::1", False, False, id="multicast of IPv6"),
        pytest.param("2001:db8::1", False, False, id="for books"),
        pytest.param("::ffff:10.0.0.1", False, False, id="private mapped"),
        pytest.param("::ffff:61.135.169.121", True, True, id="public mapped"),
        pytest.param("::10.0.0.1", False, False, id="private in the old notation"),
        pytest.param("2002:0a00:0001::1", False, False, id="private by 6to4"),
        pytest.param("64:ff9b::10.0.0.1", False, False, id="private by NAT64"),
        pytest.param("64:ff9b::61.135.169.121", True, True, id="public by NAT64"),
        pytest.param("64:ff9b:1::1", False, False, id="NAT64 of a private network"),
        pytest.param("2001:0:0a00:0001::1", False, False, id="private by Teredo"),
        pytest.param("yunling.test", False, False, id="a name is no address"),
        pytest.param("", False, False, id="nothing"),
    ],
)
def test_only_addresses_on_the_internet_are_connected_to(ip: str, plain: bool, with_loopback: bool) -> None:
    assert check_address(ip, allow_loopback=False) is plain
    assert check_address(ip, allow_loopback=True) is with_loopback

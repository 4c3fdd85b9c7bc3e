"""Keys wrapped with age's passphrase mode as the real ones are, but a thousand times as cheap to try.

How hard a wrapped key is to open stands in it: 10 here, where a new one says 17 to 20.
"""

from bt_assess.store.sealing import DraftKeys, Keys

PASSPHRASE = "three grey geese"
RECOVERY_CODE = "abcd-2345-efgh-6789-jkmn"

KEYS = Keys(
    "age1k0gtdwruvk7205ayvrxgds7075k7lmrdcu2ank2hv8p4tu6us3yskdvtwe",
    """\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCB3VTVQZGFnY3RtdTBwV2NQ
Q1hUeCt3IDEwCm1BMHpzeXMreUR2bmR1RWxzdnNCcFd5OXpZZ2tDeDlwaEZzOGo1
QjBXQ0kKLS0tIGg1dCtYVnNSdnJKRjRUV2NmRERjS0c4WlBpazRUdXllVUhZZExO
b3kzN28K0kTdcWRejK2nBx3QYwLdI5x0a4Miq7pVyxrFyd0HTBmMPScSmWmh+hWX
hakY7FNuChKRJmN+1F+KMi7O3o01pD7lw1h8yhKsyNqookURrGj6s6hSJsU61ZhS
7m3vWiTp56qdHZXX6Ib/iw==
-----END AGE ENCRYPTED FILE-----
""",
    """\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBmdHFlN3ZhN1RRODVwK1BV
WnMwWFh3IDEwClR5ODF2b3VsZDFMVk1LV2k1Tk1xVDM4VmZYOEw4Z0ZRVFBwajdo
cTZCOVUKLS0tIDErSUxRZ1g5TDE4aENWNlp4MzhoaUFqVzV6MGVzMWF3c3dVN09w
Tk9hQncKYyRvJlrsgFzUxV3sZ9Pvzjnqxo5dRx+7YSvYLy0Ut2WWl+YUOzSlAb5a
pAl+iLHGB9VnpEpB/YiLfheWOm4Avzne+97EssfO5cX49nqn9DSGFFl4adgqnogh
04gGR/PxCdqKbaO652ILnA==
-----END AGE ENCRYPTED FILE-----
""",
)

DRAFTS = [
    (
        DraftKeys(
            "age1kj7edsp9u58zr22wdpjnm2rgqjxlccrmef8nvnaxrfexsm657fpspjfydz",
            """\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAwd1BUYjgxa3Bmdmo0YnNE
R2J0bnZ3IDEwCk9JTStXWlJ4dUVEbG9NY2tyZGZNYjRKeEFYZ1BxSFN0ZjNQOFpu
SlhRRU0KLS0tIHZVUm15SS9IdWVTUEFraThFY3AyT0JaVTdYbk9LV3RocnVoRlVN
WmJMd1EKcc2P6TN2SVfHulQJjCQvwoQ3ou3l/U5DYQtsmC5RH/L32rcYtRAhIvYq
FkAMOy6pRZJgJpLPpN0wP11L0CUlpJ37W2NQ5LwkSIqfsVA0Q/iBQVFqYA6YZcQB
uHUYMZwZ28Z5E8kpXh7n8w==
-----END AGE ENCRYPTED FILE-----
""",
        ),
        "mist-7kq4-hd2m",
    ),
    (
        DraftKeys(
            "age1pgjxurrjz9d4v8hynp2wymqw8r06p5zd7njx9ph6dhetdpdwuy3sp63dug",
            """\
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBQMnhWU24vcndkNHNDRnRE
ajdxUkxnIDEwCkxaSGRQQ3dGdkVtK1VBVW5ZZzRrQ2NHV1dyY3hnZkgyY3F0VjNR
dzB5NkUKLS0tIFlWK1hUWkpXY0V6emxvTllsTUVpY3dtVFZhUFFqZGw0MEpya3FZ
VGhmOE0Ki5knK7YAGivHcVHf6B9aPRSsO/OAihlK6CVdiBsnwsqS42yIvoVqKvJ1
wEqkmNizbx/t0nTDaw1YDEdNuMjtyIg/ozS3uipeCY+MfnM3DBzrRTcXCbKVUIat
MYUdq7e+FAc+r7hjO4+03g==
-----END AGE ENCRYPTED FILE-----
""",
        ),
        "fern-4hw9-tx7c",
    ),
]
